import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

function refused(user: string): readonly string[] {
  return [
    `[2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [${user}]`,
    `[2210:root:1a]fam_auth_send_req:883 found node ${user}:0:, valid:1`,
    `invalid auth params for user '${user}'`,
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    `[2210:root:1a]login_failed:393 user[${user}],auth_type=1 failed [sslvpn_login_unknown_user]`,
  ];
}

function sslVpn(...groups: readonly string[]): readonly string[] {
  return [
    'config vpn ssl settings',
    '    set source-interface "wan1"',
    '    config authentication-rule',
    ...groups.flatMap((group, index) => [
      `        edit ${index + 1}`,
      `            set groups "${group}"`,
      '        next',
    ]),
    '    end',
    'end',
  ];
}

const CAROL = ['config user local', '    edit "Carol"', '        set type password', '    next', 'end'];

function fixOf(...texts: readonly (readonly string[])[]) {
  const items = texts.map((lines, index) => ({ name: `paste-${index}`, text: lines.join('\n') }));
  const { findings } = diagnose(items);
  return findings.find((each) => each.rule === 'user-not-in-vpn-rule')?.fix;
}

it('takes the only group that the VPN rules name, and the user as the device spells it', () => {
  const fix = fixOf(
    refused('carol'),
    backup({ members: { staff: 'ana' }, rules: ['staff'], policies: { 12: '"staff"' } }),
  );
  expect(fix?.apply.map((line) => line.trim())).toEqual([
    'config user group',
    'edit "staff"',
    'append member "Carol"',
    'next',
    'end',
  ]);
  expect(fix?.undo.join()).toContain('unselect member "Carol"');
});

it('leaves the choice among several groups to a person: each may open something else', () => {
  const fix = fixOf(refused('carol'), [...sslVpn('staff', 'admins'), ...CAROL]);
  expect(fix?.apply.join()).toContain('edit "<vpn-group>"');
  expect(fix?.note).toContain('staff and admins');
});

it('types nothing for a name that no local user has', () => {
  const fix = fixOf(refused('guess'), [...sslVpn('staff'), ...CAROL]);
  expect(fix?.apply).toEqual([]);
  expect(fix?.note).toContain('password guessing');
});

it('does not put a list of guessed names into a group', () => {
  const fix = fixOf(['admin', 'root', 'test', 'guest', 'oracle'].flatMap((name) => refused(name)));
  expect(fix?.apply.join()).toContain('append member "<user>"');
  expect(fix?.apply.join()).not.toContain('oracle');
});

/** A backup with the local user `Carol`: members by group, groups of rules in their order, and groups of policies by number. */
function backup({
  members = {},
  rules = [],
  policies = {},
  more = ['config vpn ipsec phase1-interface', 'end'],
}: {
  readonly members?: Readonly<Record<string, string>>;
  readonly rules?: readonly string[];
  readonly policies?: Readonly<Record<string, string>>;
  readonly more?: readonly string[];
}): readonly string[] {
  return [
    '#config-version=FGT60F-7.2.8-FW-build1000-250101:opmode=0:vdom=0:user=admin',
    'config system global',
    '    set hostname "FGT-DEPOT"',
    'end',
    ...CAROL,
    'config user group',
    ...Object.entries(members).flatMap(([name, member]) => [
      `    edit "${name}"`,
      `        set member "${member}"`,
      '    next',
    ]),
    'end',
    ...sslVpn(...rules),
    'config firewall policy',
    ...Object.entries(policies).flatMap(([id, groups]) => [
      `    edit ${id}`,
      '        set srcintf "ssl.root"',
      '        set dstintf "internal"',
      '        set action accept',
      `        set groups ${groups}`,
      '    next',
    ]),
    'end',
    ...more,
  ];
}

function caseOf(configuration: readonly string[], log: readonly string[] = refused('Carol'), user?: string) {
  const items = [log, configuration].flatMap((lines, index) =>
    lines.length === 0 ? [] : [{ name: `paste-${index}`, text: lines.join('\n') }],
  );
  return diagnose(items, user === undefined ? {} : { user });
}

function linkOf(...input: Parameters<typeof caseOf>) {
  const finding = caseOf(...input).findings.find((each) => each.rule === 'user-not-in-vpn-rule');
  const apply = finding?.fix.apply.map((line) => line.trim()) ?? [];
  return [
    finding?.title,
    finding?.confidence,
    apply.filter((line) => /^(?:edit|append|set)/.test(line)).join('; '),
  ];
}

describe('the missing link of group, authentication rule and policy', () => {
  const inBoth = { staff: 'ana', depot: 'Carol' };
  it.each([
    [
      'no policy names the group',
      backup({ members: inBoth, rules: ['staff', 'depot'], policies: { 12: '"staff"' } }),
      ['No firewall policy from ssl.root names the group depot', 'certain', 'edit 12; append groups "depot"'],
    ],
    [
      'several policies, and none names the group',
      backup({ members: inBoth, rules: ['staff', 'depot'], policies: { 12: '"staff"', 14: '"staff"' } }),
      [
        'No firewall policy from ssl.root names the group depot',
        'certain',
        'edit <policy-id>; append groups "depot"',
      ],
    ],
    [
      'no rule names the group',
      backup({ members: inBoth, rules: ['staff'], policies: { 12: '"staff" "depot"' } }),
      [
        'No authentication rule of SSL VPN names the group depot',
        'likely',
        'edit 2; set groups "depot"; set portal "<portal>"',
      ],
    ],
    [
      'the user is in no group',
      backup({ members: { staff: 'ana' }, rules: ['staff'], policies: { 12: '"staff"' } }),
      ['Carol is in no group that the VPN allows', 'certain', 'edit "staff"; append member "Carol"'],
    ],
    [
      'the user is in a group that neither a rule nor a policy names',
      backup({ members: inBoth, rules: ['staff'], policies: { 12: '"staff"' } }),
      [
        'No VPN rule together with a policy names the group depot of Carol',
        'certain',
        'edit 1; append groups "depot"; edit 12; append groups "depot"',
      ],
    ],
    [
      'one group in a rule, another in a policy: either may be meant',
      backup({
        members: { depot: 'Carol', yard: 'Carol' },
        rules: ['depot'],
        policies: { 12: '"yard"' },
      }),
      ['Carol is in no group that the VPN allows', 'certain', 'edit "<vpn-group>"; append member "Carol"'],
    ],
  ])('%s', (_name, configuration, link) => {
    expect(linkOf(configuration)).toEqual(link);
  });

  it.each([
    ['and no tunnel', undefined, 'certain'],
    ['and an end before the tunnels', [], 'likely'],
  ])('is asked of the configuration alone where a user is named, %s', (_name, more, confidence) => {
    const configuration = backup({ members: inBoth, rules: ['depot'], policies: { 12: '"staff"' }, more });
    expect(linkOf(configuration, [], 'Carol').slice(0, 2)).toEqual([
      'No firewall policy from ssl.root names the group depot',
      confidence,
    ]);
  });

  it('does not stop a user whom a dial-up tunnel lets in', () => {
    const configuration = backup({
      members: inBoth,
      rules: ['depot'],
      policies: { 12: '"staff"' },
      more: [
        'config vpn ipsec phase1-interface',
        '    edit "ra"',
        '        set type dynamic',
        '        set authusrgrp "depot"',
        '    next',
        'end',
      ],
    });
    expect(linkOf(configuration, [], 'Carol')[0]).toBeUndefined();
  });

  it.each([
    [
      'the rule and the policy',
      { 12: '"depot"' },
      'Rule 1 and policy 12 let Carol in, but the log refuses the login',
    ],
    [
      'two policies',
      { 12: '"depot"', 15: '"depot"' },
      'Rule 1 and policies 12 and 15 let Carol in, but the log refuses the login',
    ],
  ])('is none where %s name the group', (_name, policies, headline) => {
    const result = caseOf(backup({ members: inBoth, rules: ['depot'], policies }));
    expect(result.findings.map(({ rule }) => rule)).not.toContain('user-not-in-vpn-rule');
    expect(result.headline).toBe(headline);
  });

  it.each([
    [
      'a rule names the group',
      'depot',
      'Carol is in the group depot. Rule 1 names the group depot; whether a firewall policy does too was not read',
    ],
    ['no rule names it', 'staff', 'Carol is in no group that the VPN allows'],
  ])('where the policies were not read, and %s', (_name, ofRule, headline) => {
    const groups = ['config user group', '    edit "depot"', '        set member "Carol"', '    next', 'end'];
    const result = caseOf([...sslVpn(ofRule), ...CAROL, ...groups]);
    expect(result.headline).toBe(headline);
    expect(JSON.stringify(result.findings)).not.toContain('edit \\"staff\\"');
  });
});

describe('policies of which a part was pasted', () => {
  const EVENT = [
    'date=2026-03-02 time=09:12:40 devname="fgt-a" logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.70 user="Carol" group="N/A" reason="sslvpn_login_unknown_user" msg="SSL user failed to logged in"',
    '',
  ];
  const group = ['config user group', '    edit "depot"', '        set member "Carol"', '    next', 'end'];
  const policy = (groups: string, from = 'ssl.root') => [
    'config firewall policy',
    '    edit 12',
    `        set srcintf "${from}"`,
    '        set dstintf "internal"',
    '        set action accept',
    ...(groups === '' ? [] : [`        set groups ${groups}`]),
    '    next',
    'end',
  ];
  const parts = (users: readonly string[], ...policies: readonly string[]) => [
    ...users,
    ...group,
    ...sslVpn('staff', 'depot'),
    ...policies,
  ];
  const TITLE = 'No firewall policy from ssl.root names the group depot';

  it.each([
    ['the event log', EVENT],
    ['the debug log', refused('Carol')],
  ])('are all that could let the user in, where %s calls the user unknown', (_what, log) => {
    const link = [TITLE, 'likely', 'edit 12; append groups "depot"'];
    expect(linkOf(parts(CAROL, ...policy('"staff"')), log)).toEqual(link);
    expect(linkOf([...parts(CAROL, ...policy('"staff"'), ''), ...log], [], 'Carol')).toEqual(link);
  });

  const REMOTE = CAROL.map((line) =>
    line.replace('type password', 'type ldap\n        set ldap-server "dc"'),
  );
  it.each([
    ['one names the group', parts(CAROL, ...policy('"staff" "depot"')), EVENT],
    ['one asks for no group', parts(CAROL, ...policy('')), EVENT],
    ['none is from SSL VPN', parts(CAROL, ...policy('"staff"', 'port4')), EVENT],
    ['a server checks the password', parts(REMOTE, ...policy('"staff"')), EVENT],
    [
      'the log refuses the password',
      parts(CAROL, ...policy('"staff"')),
      EVENT.map((line) => line.replace('unknown_user', 'permission_denied')),
    ],
  ])('are not where %s', (_what, configuration, log) => {
    expect(linkOf(configuration, log)[0]).not.toBe(TITLE);
  });
});

describe('a backup without a login', () => {
  const drivers = { members: { clerks: 'wren', drivers: 'Carol' }, rules: ['clerks', 'drivers'] };
  const verdictOf = (configuration: readonly string[], log: readonly string[] = [], user?: string) => {
    const { findings, headline } = caseOf(configuration, log, user);
    const found = findings.find((each) => each.rule === 'user-not-in-vpn-rule');
    return { title: found?.title, confidence: found?.confidence, apply: found?.fix.apply, headline, found };
  };

  it('shows a group of a rule that no policy names', () => {
    const { title, confidence, apply, headline, found } = verdictOf(
      backup({ ...drivers, policies: { 12: '"clerks"' } }),
    );
    expect(title).toBe('No firewall policy from ssl.root names the group drivers');
    expect(headline).toContain(title);
    expect(confidence).toBe('likely');
    expect(found?.summary).toContain('the login of Carol is refused');
    expect(apply?.map((line) => line.trim())).toEqual([
      'config firewall policy',
      'edit 12',
      'append groups "drivers"',
      'next',
      'end',
    ]);
  });

  const whole = backup({ ...drivers, policies: { 12: '"clerks"' } });
  it.each([
    ['both groups are named', backup({ ...drivers, policies: { 12: '"clerks" "drivers"' } })],
    ['another policy names it', backup({ ...drivers, policies: { 12: '"clerks"', 13: '"drivers"' } })],
    [
      'a policy names the member',
      backup({ ...drivers, policies: { 12: '"clerks"\n        set users "Carol"' } }),
    ],
    [
      'a policy names nobody',
      whole.filter((line) => !line.includes('set groups "clerks"') || line.startsWith('            ')),
    ],
    ['no rule names it', backup({ ...drivers, rules: ['clerks'], policies: { 12: '"clerks"' } })],
    [
      'its member is in the other group too',
      backup({ ...drivers, members: { clerks: 'Carol', drivers: 'Carol' }, policies: { 12: '"clerks"' } }),
    ],
    ['the table of policies is cut', whole.slice(0, whole.indexOf('config firewall policy') + 5)],
    [
      'users come by IPsec',
      backup({
        ...drivers,
        policies: { 12: '"clerks"' },
        more: [
          'config vpn ipsec phase1-interface',
          '    edit "ra"',
          '        set type dynamic',
          '    next',
          'end',
        ],
      }),
    ],
  ])('says nothing where %s', (_why, configuration) => {
    expect(verdictOf(configuration).found).toBeUndefined();
  });

  it('leaves it open in an excerpt, where other policies may name the group', () => {
    const excerpt = whole.slice(whole.indexOf('config user local'));
    const { headline, found } = verdictOf(excerpt, [], 'Carol');
    expect(found).toBeUndefined();
    expect(headline).toContain('whether a firewall policy does too was not read');
  });

  it('says nothing of others than the user asked about', () => {
    expect(verdictOf(whole, [], 'wren').found).toBeUndefined();
  });
});

describe('an empty list of groups in the debug log, without `user local`', () => {
  const [start = '', , ...end] = refused('Carol');
  const list = [start, '[2210:root:1a][fam_auth_send_req_internal:426] Groups sent to FNBAM:', ...end];
  const pasted = (members: string, ...ids: readonly string[]) =>
    backup({
      members: { staff: 'ana', depot: members },
      rules: ['staff'],
      policies: Object.fromEntries(ids.map((id) => [id, '"staff"'])),
    }).filter((line) => !CAROL.includes(line) || line === 'end');
  const TITLE = 'No VPN rule together with a policy names the group depot of Carol';

  it.each([
    ['one rule and one policy', ['12'], 'edit 1; append groups "depot"; edit 12; append groups "depot"'],
    ['a choice of policies', ['12', '14'], ''],
  ])('shows that the group of the user is named nowhere: %s', (_name, ids, typed) => {
    expect(linkOf(pasted('Carol', ...ids), list)).toEqual([TITLE, 'certain', typed]);
    const [finding] = caseOf(pasted('Carol', ...ids), list).findings;
    expect(JSON.stringify(finding)).not.toMatch(/guessing|<vpn-group>/);
  });

  it.each([
    ['no group lists the user', pasted('ben', '12'), list],
    ['the list is not in the log', pasted('Carol', '12'), refused('Carol')],
    ['no policy is pasted', pasted('Carol'), list],
  ])('is not used where %s', (_name, configuration, log) => {
    expect(linkOf(configuration, log)[0]).not.toBe(TITLE);
  });
});
