import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pagerText } from '../../src/oncall/core/pager-text.ts';
import { dedupKey, isOwnKey, nameSubject } from '../../src/oncall/core/subject.ts';
import { policyFor } from '../../src/oncall/engine/after-answer.ts';
import { signBody } from '../../src/oncall/routes/signature.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { DEVICE_CHECK, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../report/fixtures.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/how-to/alerts.md'), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/```yaml\n(escalation:[\s\S]*?)```/g)].map(([, text]) => text ?? '');

function parse(escalation: string) {
  return parseInventory(
    `defaults: { username: audit, password: { env: X } }\ngroups: { hq: }\ndevices:\n  fgt-branch-07: { address: 192.0.2.1, groups: [hq] }\n${escalation}`,
    'inventory.yaml',
  ).escalation;
}

const THREAD = { channel: 'C01', ts: '1.1' };

describe('the settings', () => {
  it('are as the page about them says', () => {
    expect(EXAMPLES).toHaveLength(2);
    expect(parse(EXAMPLES[0] ?? '')).toMatchObject({
      order: ['team'],
      routes: [{ kind: 'slack', every: 600_000 }],
    });
    expect(parse(EXAMPLES[1] ?? '')).toMatchObject({
      order: ['pd', 'team'],
      policies: [
        { name: 'loud', affectedUsers: 5 },
        { name: 'forgotten', unanswered: 900_000 },
      ],
      correlation: { within: 3_600_000 },
      handover: { times: ['08:00', '20:00'] },
    });
  });

  it('needs the workspace of each channel if several can install the app', () => {
    const text = (
      team: string,
    ) => `devices: { fgt-1: { address: 192.0.2.1, username: a, password: { env: X } } }
escalation:
  routes: { t: { kind: slack, levels: [{ user: U0BEN }] } }
  handover: { channel: C012SUPPORT, times: ["08:00"], timeZone: UTC${team} }
  correlation: { channel: C012SUPPORT${team} }
  alerts: { channels: [{ channel: C012SUPPORT${team} }], generic: { secret: { env: S } } }`;
    const read = (team: string, teams?: readonly string[]) =>
      parseInventory(text(team), 'inventory.yaml', { teams });
    expect(read('').escalation?.correlation?.team).toBeUndefined();
    expect(() => read('', ['T01', 'T02'])).toThrow(
      /alerts\.channels[\s\S]*correlation[\s\S]*handover[\s\S]*add team: T01 or T02/,
    );
    expect(() => read(', team: T03', ['T01', 'T02'])).toThrow('T03 is not in SLACK_ALLOWED_TEAMS');
    expect(read(', team: T02', ['T01', 'T02']).escalation).toMatchObject({
      correlation: { team: 'T02' },
      handover: { team: 'T02' },
      alerts: { channels: [{ team: 'T02' }] },
    });
  });

  it.each([
    ['a route that is not there', 'order: [pager]', 'pager is not in routes'],
    ['a policy’s route', 'policies: [{ name: a, routes: [x] }]', 'x is not in routes'],
    [
      'a policy’s device',
      'policies: [{ name: a, devices: [y], routes: [t] }]',
      'y is neither a group nor a device',
    ],
    ['a schedule', 'order: [s]', 'nights is not in schedules'],
    [
      'a time zone',
      'schedules: { a: { timeZone: Mars/Base, rotations: [] } }',
      'a time zone of the IANA database',
    ],
    [
      'half a duty',
      'schedules: { a: { timeZone: UTC, rotations: [{ people: [U01], starts: "2026-01-01T08:00", from: "08:00" }] } }',
      'needs both from and until',
    ],
    [
      'a secret in plain text',
      'alerts: { channels: [{ channel: C01 }], generic: { secret: hunter2 } }',
      'a reference instead of the secret',
    ],
    [
      'an override that ends before it begins',
      'schedules: { a: { timeZone: UTC, rotations: [{ people: [U01], starts: "2026-01-01T08:00" }], overrides: [{ user: U01, from: "2026-01-02T08:00", until: "2026-01-02T08:00" }] } }',
      'ends before it begins',
    ],
    ['no route', 'x: 1', 'not a known setting'],
  ])('name what is wrong: %s', (_, line, message) => {
    const routes =
      'routes: { t: { kind: slack, levels: [{ user: U01 }] }, s: { kind: slack, levels: [{ schedule: nights }] } }';
    const schedules =
      line.includes('schedules') || message.includes('nights')
        ? ''
        : '\n  schedules: { nights: { timeZone: UTC, rotations: [{ people: [U01], starts: "2026-01-01T08:00" }] } }';
    expect(() => parse(`escalation:\n  ${routes}\n  ${line}${schedules}\n`)).toThrow(message);
    expect(() => parse(`escalation:\n  ${routes}\n  ${line}${schedules}\n`)).not.toThrow('hunter2');
  });

  it('need at least one route', () => {
    expect(() => parse('escalation: { routes: {} }')).toThrow('needs at least one route');
  });
});

it('signs as the page about it does', () => {
  const body = '{"id":"42"}';
  const mac = createHmac('sha256', 'a secret').update(`1700000000.${body}`).digest('hex');
  expect(signBody('a secret', 1_700_000_000, body)).toBe(`v1=${mac}`);
});

describe('what is paged', () => {
  const run = { id: 'r', kind: 'check', alias: 'fgt-Branch-07' } as const;
  const thread = { channel: 'C01', ts: '1.1' };

  it('is the device and its cause, however the device is written', () => {
    const subject = nameSubject(run, DEVICE_CHECK);
    expect(subject).toMatchObject({ cause: 'admin-trusthost-blocks-callback', severity: 'critical' });
    if (subject === undefined) throw new Error('nothing is broken');
    const key = dedupKey(subject, thread);
    expect(key).toBe('ftm-check/fgt-branch-07/admin-trusthost-blocks-callback');
    expect(isOwnKey(key)).toBe(true);
    expect(isOwnKey('someone/else')).toBe(false);
    expect(dedupKey({ ...subject, alias: undefined }, thread)).toBe(
      'ftm-check/C01-1.1/admin-trusthost-blocks-callback',
    );
    expect(dedupKey({ ...subject, alias: 'x'.repeat(400) }, thread)).toHaveLength(255);
  });

  it('is nothing where nothing is broken', () => {
    expect(
      [HEALTHY, NOT_ENOUGH].map((diagnosis) => nameSubject(run, { ...diagnosis, firstBrokenHop: null })),
    ).toEqual([undefined, undefined]);
  });

  it('counts people who tried and did not get in', () => {
    const broken = { ...TWO_USERS, verdict: 'broken' } as const;
    expect(nameSubject(run, broken)?.affectedUsers).toBe(1);
  });

  it('names the change since it worked, if a finding points to it', () => {
    const subject = nameSubject(run, DEVICE_CHECK);
    if (subject === undefined) throw new Error('nothing is broken');
    const at = Date.UTC(2026, 2, 5);
    const setting = { name: 'trusthost', before: '', after: '10.0.0.0' };
    const change = { area: 'administrators', kind: 'changed', place: 'x', setting, before: at } as const;
    const details = (rules: readonly string[]) => {
      const sinceHealthy = { healthyAt: at - 172_800_000, changes: [{ ...change, rules }], more: 0 };
      return pagerText({ subject, diagnosis: DEVICE_CHECK, sinceHealthy, thread: THREAD }).details;
    };
    expect(details(['a-rule'])).toContain('\nChanged: trusthost was set to 10.0.0.0 between 3 and 5 March\n');
    expect(details([])).not.toContain('Changed:');
  });

  it('reads in one line, and says impact and where to look', () => {
    const subject = nameSubject(run, DEVICE_CHECK);
    if (subject === undefined) throw new Error('nothing is broken');
    const text = pagerText({ subject, diagnosis: DEVICE_CHECK, impact: 'a\nb', thread: THREAD });
    expect(text.summary.length).toBeLessThanOrEqual(130);
    expect(text.summary).not.toContain('\n');
    expect(text.details).toContain('Impact: a b');
    // The line that shows it, as in the answer, and not the first line of its block.
    expect(text.details).toMatch(/, line \d+: edit "admin" … set trusthost1 10\.0\.0\.0 255\.0\.0\.0\n/);
    expect(text.finding?.evidence).toContain('set trusthost1 10.0.0.0');
    // The summary stands above the details at every provider.
    expect(text.details).not.toContain(DEVICE_CHECK.headline);
    expect(text.details.endsWith('Thread: https://slack.com/archives/C01/p11')).toBe(true);
  });
});

describe('the text of a page about a huge finding', () => {
  const [finding] = DEVICE_CHECK.findings;
  const subject = nameSubject({ id: 'r', kind: 'check', alias: 'fgt-1' }, DEVICE_CHECK);
  if (finding === undefined || subject === undefined) throw new Error('nothing is broken');

  it.each([
    ['every part', 'x'.repeat(9000), Array.from({ length: 25 }, (_, index) => `set line ${index}`)],
    ['long lines of a fix', 'short', Array.from({ length: 25 }, () => 'y'.repeat(400))],
    ['many lines of a fix', 'short', Array.from({ length: 200 }, () => 'set z 1')],
  ])('%s: is below every limit, with a whole fix or none, and with the link', (_, long, apply) => {
    const huge = {
      ...finding,
      title: long,
      summary: long,
      fix: { ...finding.fix, apply, note: long },
      evidence: [{ source: 'paste', line: 1, text: long }],
    };
    const diagnosis = {
      ...DEVICE_CHECK,
      headline: long,
      findings: [huge, ...Array.from({ length: 9 }, () => ({ ...huge, rule: 'other' }))],
    };
    const text = pagerText({ subject, diagnosis, impact: long, thread: THREAD });
    expect(text.details.length).toBeLessThanOrEqual(8000);
    expect(text.details.endsWith('Thread: https://slack.com/archives/C01/p11')).toBe(true);
    const isWhole = text.details.includes(apply.join('\n'));
    expect(isWhole).toBe(apply.length <= 25 && apply.join('\n').length <= 4000);
    expect(text.details.includes(apply[0] ?? '')).toBe(isWhole);
    expect(text.details).toContain('Cause (');
    expect(text.details).toContain('paste, line 1');
  });
});

describe('a policy', () => {
  const policy = { name: 'p', devices: ['hq'], severity: 'high', affectedUsers: 2, routes: ['t'] } as const;
  const subject = { device: 'a', alias: 'a', cause: 'c', severity: 'high', affectedUsers: 2 } as const;

  it.each([
    ['all of it', subject, ['hq'], true],
    ['worse', { ...subject, severity: 'critical' as const, affectedUsers: 9 }, ['hq'], true],
    ['not bad enough', { ...subject, severity: 'medium' as const }, ['hq'], false],
    ['too few people', { ...subject, affectedUsers: 1 }, ['hq'], false],
    ['another device', subject, ['branches'], false],
  ])('%s', (_, about, groups, matches) => {
    expect(policyFor([policy], about, { groups })?.name).toBe(matches ? 'p' : undefined);
  });
});
