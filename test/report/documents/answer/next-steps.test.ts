import { describe, expect, it } from 'vitest';
import type { Diagnosis, MissingFact } from '../../../../src/engine/diagnosis/diagnosis.ts';
import type { RuleId } from '../../../../src/engine/rules/rule-ids.ts';
import { nextSteps } from '../../../../src/report/documents/answer/next-steps.ts';
import { renderSlack } from '../../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK, hops, NOT_ENOUGH } from '../../fixtures.ts';

const RECIPE = NOT_ENOUGH.missing[0]?.commands ?? [];

function wants(rule: RuleId, ...commands: readonly string[]): MissingFact {
  return { rule, need: `what ${rule} needs`, commands: [...commands] };
}

const MANY = [
  wants('push-disabled', 'show full-configuration system ftm-push'),
  wants('admin-trusthost-blocks-callback', 'show system admin'),
  wants('push-legacy-server-ip', 'show full-configuration system ftm-push', 'get system status'),
  wants('local-in-policy-denies', 'show firewall local-in-policy'),
  wants('wan-ftm-access-missing', 'show system interface'),
  wants('push-dns-failure', 'execute ping push.fortinet.com', 'show system dns'),
  wants('radius-timeout-too-short', 'show full-configuration user radius'),
];

function asking(missing: readonly MissingFact[], more: Partial<Diagnosis> = {}): Diagnosis {
  return { ...NOT_ENOUGH, hops: hops('??????????'), attempts: [], missing: [...missing], ...more };
}

describe('the commands it asks for', () => {
  it('are six at most, in the order of the causes, behind the one that decides most', () => {
    const { commands } = nextSteps(asking(MANY));
    expect(commands).toEqual({
      lines: [
        'show full-configuration system ftm-push',
        'show system admin',
        'get system status',
        'show firewall local-in-policy',
        'show system interface',
        'execute ping push.fortinet.com',
      ],
      first: ['show full-configuration system ftm-push'],
      count: 6,
      backupShowsMore: true,
    });
  });

  it('are none where the log ends before the password was checked', () => {
    const recipe = wants('password-rejected', ...RECIPE);
    const login = (states: string) => ({ user: 'wren', outcome: 'incomplete' as const, hops: hops(states) });
    const ended = (states: string) => asking([...MANY, recipe], { attempts: [login(states)] });
    expect(nextSteps(ended('+???????????')).commands).toBeUndefined();
    expect(nextSteps(ended('+???????????')).debug).toBeDefined();
    expect(nextSteps(ended('++??????????')).commands).toBeDefined();
  });

  it('begin with what decides the gravest causes, where others are as many', () => {
    const missing = [
      wants('token-locked', 'diagnose fortitoken info'),
      wants('token-activation-expired', 'diagnose fortitoken info'),
      wants('wan-ftm-access-missing', 'show system interface'),
      wants('ftm-access-wrong-interface', 'show system interface'),
    ];
    expect(nextSteps(asking(missing)).commands?.first).toEqual(['show system interface']);
  });

  it.each([
    ['part of the configuration', MANY, true],
    ['nothing', MANY.slice(0, 5), false],
    [
      'a command that no backup answers',
      [...MANY.slice(0, 5), wants('push-dns-failure', 'execute ping a', 'execute ping b')],
      false,
    ],
  ])('leave %s to a backup', (_, missing, expected) => {
    const diagnosis = asking(missing);
    expect(nextSteps(diagnosis).commands?.backupShowsMore).toBe(expected);
    const text = renderText(diagnosis, { width: 200 });
    expect(text.includes('A full configuration backup shows more.')).toBe(expected);
  });

  it('begin with one in the open, and the others behind a title', () => {
    const text = renderText(asking(MANY), { width: 200 });
    expect(text).toContain('Needed: the FTM push settings');
    expect(text).toMatch(
      /add the output to this case\.\n +show full-configuration system ftm-push\n\nOr these 6 outputs at once\n/,
    );
    expect(renderText(asking(MANY.slice(0, 1)))).not.toContain('Or these');
  });

  it('of an unknown VDOM stand before the global ones, and say where they are typed', () => {
    const global = wants('admin-trusthost-blocks-callback', 'config global', 'show system admin', 'end');
    const inVdom = wants('port-conflict-vip', 'show firewall vip');
    const several = { device: { vdomMode: 'multi' } } as const;
    const both = asking([global, inVdom, inVdom], several);
    expect(nextSteps(both).commands).toMatchObject({
      lines: ['show firewall vip', 'end', 'config global', 'show system admin', 'end'],
      first: ['show firewall vip'],
    });
    expect(renderText(both, { width: 200 }).split('Enter the VDOM of the users first')).toHaveLength(3);
    expect(renderText(asking([global], several))).not.toContain('Enter the VDOM');
    expect(renderText(asking([inVdom]))).not.toContain('Enter the VDOM');
  });

  it('do not count the lines around them', () => {
    const scoped = ['config global', 'show system admin', 'end'];
    expect(nextSteps(asking([wants('admin-trusthost-blocks-callback', ...scoped)])).commands).toMatchObject({
      lines: scoped,
      count: 1,
    });
  });
});

describe('what only a person can find out', () => {
  const rings = wants('phone-not-notified');
  const arrives = wants('callback-not-accepted');
  const challenge = wants('nas-challenge-unanswered');
  const sentOnly = { hops: hops('+++++??---') };
  const silent = { hops: hops('+++++?x---'), firstBrokenHop: 'callback' as const };

  it.each([
    ['is asked of the first step that is not seen', sentOnly, [arrives, rings], ['phone-not-notified']],
    [
      'is asked up to the step that broke, in the order of the steps',
      silent,
      [arrives, rings],
      ['phone-not-notified', 'callback-not-accepted'],
    ],
    [
      'is not asked up to a step that a finding explains',
      { ...silent, hops: hops('?++++?x---'), findings: DEVICE_CHECK.findings },
      [arrives, rings],
      [],
    ],
    ['waits until the steps before it were seen', { hops: hops('??????????') }, [arrives, rings], []],
    [
      'is asked of other machines only where nothing else is left',
      silent,
      [challenge, rings, wants('push-disabled', 'show a')],
      ['phone-not-notified'],
    ],
    [
      'is asked of other machines where nothing else is left',
      { hops: hops('+?????????') },
      [challenge],
      ['nas-challenge-unanswered'],
    ],
    [
      'is three things at most',
      silent,
      [rings, wants('callback-hairpin'), arrives, wants('callback-blocked-upstream')],
      ['phone-not-notified', 'callback-hairpin', 'callback-not-accepted'],
    ],
  ] satisfies (readonly [string, Partial<Diagnosis>, readonly MissingFact[], readonly RuleId[]])[])(
    '%s',
    (_, more, missing, rules) => {
      expect(nextSteps(asking(missing, more)).questions.map(({ text }) => text)).toEqual(
        rules.map((rule) => `what ${rule} needs`),
      );
    },
  );

  it('reads the same in both forms', () => {
    const diagnosis = asking([rings], sentOnly);
    expect(renderText(diagnosis)).toContain(
      'Please find out:\n- what phone-not-notified needs (notification)',
    );
    expect(JSON.stringify(renderSlack(diagnosis).blocks)).toContain('what phone-not-notified needs');
  });

  it('is the groups and policies, where the push was approved and the user refused', () => {
    const refused = { hops: hops('+++++++++x'), firstBrokenHop: 'authorisation' as const };
    expect(nextSteps(asking([], refused)).questions).toEqual([
      { text: expect.stringContaining('`show firewall policy`'), unlocks: ['authorisation'] },
    ]);
    expect(renderSlack(asking([], refused)).text).toMatch(
      /\*Please find out:\*\n• whether the VPN .*`show user group`/,
    );
  });
});

describe('the order of the steps', () => {
  const missing = [
    wants('push-disabled', 'show full-configuration system ftm-push'),
    wants('token-locked', ...RECIPE),
  ];
  const COMMANDS = 'Run this on the FortiGate and add the output to this case.';
  const DEBUG =
    'Run this on the FortiGate, let the user log in once with push, and add the output to this case.';
  const paths: readonly (readonly [string, Partial<Diagnosis>, readonly string[]])[] = [
    ['nothing is decided: the configuration first', {}, [COMMANDS, DEBUG]],
    ['a log stops early: the next log first', { attempts: NOT_ENOUGH.attempts }, [DEBUG, COMMANDS]],
    ['something has to be fixed', { verdict: 'broken' }, [COMMANDS, DEBUG]],
    ['the configuration is in order: a login shows the rest', { verdict: 'healthy' }, [DEBUG, COMMANDS]],
    ['a login got in by push', { verdict: 'healthy', attempts: NOT_ENOUGH.attempts }, []],
  ];

  it.each(paths)('%s', (_, more, openings) => {
    const text = renderText(asking(missing, more), { width: 400 });
    const found = openings.map((opening) => text.indexOf(opening));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(text.split('Run this on the FortiGate')).toHaveLength(openings.length + 1);
  });

  it('is in the text of a message for clients that do not show blocks', () => {
    const { text } = renderSlack(asking(missing, {}));
    expect(text).toMatch(
      /Run this on the FortiGate and paste the output here\.\n```\nshow full-configuration system ftm-push\n```/,
    );
  });

  it('names what is needed in the headline', () => {
    const { text } = renderSlack(asking(missing, { headline: 'The log stops before the token' }));
    expect(text).toContain('*The log stops before the token. Needed: the FTM push settings*');
  });
});
