import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const INTERFACE = 'source-interface-missing';
const REALM = 'ssl-portal-or-realm-mismatch';

interface Login {
  /** Rules that sslvpn says it compares, where the log shows fewer. */
  readonly count?: number;
  /** `got user (0) group (1:0).`; no such line if absent. */
  readonly policies?: string;
  readonly realm?: string;
  readonly rules: readonly string[];
}

function login({ policies, realm = '', rules, count = countOf(rules) }: Login): string {
  return [
    '[2210:root:1a]allocSSLConn:310 sconn 0x7f68b70b (0:root)',
    '[2210:root:1a]req: /remote/logincheck',
    '[2210:root:1a]sslvpn_auth_check_usrgroup:3009 forming user/group list from policy.',
    ...(policies === undefined ? [] : [`[2210:root:1a]sslvpn_auth_check_usrgroup:3055 got ${policies}.`]),
    `[2210:root:1a]sslvpn_validate_user_group_list:1921 validating with SSL VPN authentication rules (${count}), realm (${realm}).`,
    ...rules.map((rule) => `[2210:root:1a]sslvpn_validate_user_group_list:2041 ${rule}`),
    '[2210:root:1a]sslvpn_update_user_group_list:1851 got user (0:0), group (0:0), peer group (0) after update.',
    '[2210:root:1a]sslvpn_authenticate_user:191 authenticate user: [marlow]',
    '[2210:root:1a][fam_auth_send_req_internal:426] Groups sent to FNBAM:',
    "invalid auth params for user 'marlow'",
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 5',
    '[2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_unknown_user]',
  ].join('\n');
}

const countOf = (rules: readonly string[]) => new Set(rules.map((rule) => /\d+/.exec(rule)?.[0])).size;
const upTo = (rule: number, ...by: readonly string[]) => by.map((each) => `checking rule ${rule} ${each}.`);
const done = (rule: number) => `rule ${rule} done, got user (0:0) group (0:0) peer group (0).`;
const ONE = 'user (0) group (1:0)';
const whole = (rule: number) => [
  ...upTo(rule, 'cipher', 'realm', 'source intf', 'vd source intf'),
  done(rule),
];

describe('an authentication rule that is left out', () => {
  it.each([
    ['the only one', { policies: ONE, rules: upTo(1, 'cipher', 'realm', 'source intf') }],
    [
      'beside one of another group',
      { policies: ONE, rules: [...upTo(1, 'cipher', 'realm', 'source intf'), ...whole(2)] },
    ],
    [
      'beside one of another realm',
      { policies: ONE, rules: [...upTo(1, 'cipher', 'realm'), ...upTo(2, 'cipher', 'realm', 'source intf')] },
    ],
    ['in a log that begins behind the policies', { rules: upTo(1, 'cipher', 'realm', 'source intf') }],
  ])('by its interface names the interface: %s', (_what, shape) => {
    expect(rulesIn(diagnoseText(login(shape)))[0]).toBe(INTERFACE);
  });

  it.each([
    ['every rule was compared to its end', { policies: ONE, rules: [...whole(1), ...whole(2)] }],
    [
      'a rule is done right after its interface',
      { policies: ONE, rules: [...upTo(1, 'cipher', 'realm', 'source intf'), done(1)] },
    ],
    [
      'no policy holds the user',
      { policies: 'user (0) group (0:0)', rules: upTo(1, 'cipher', 'realm', 'source intf') },
    ],
    [
      'its realm differs',
      {
        policies: ONE,
        rules: [...upTo(1, 'cipher', 'realm'), ...upTo(2, 'cipher', 'realm', 'source intf'), done(2)],
      },
    ],
  ])('does not where %s', (_what, shape) => {
    expect(rulesIn(diagnoseText(login(shape)))).not.toContain(INTERFACE);
  });

  it.each(['', '(null)', 'partner'])('by the realm (%s) names it as it was typed', (realm) => {
    const rules = [...upTo(1, 'cipher', 'realm'), ...whole(2)];
    const { findings } = diagnoseText(login({ policies: ONE, realm, rules }));
    expect(findings[0]?.rule).toBe(REALM);
    expect(findings[0]?.title).toContain(realm === 'partner' ? 'realm partner,' : 'with no realm,');
  });

  it('by the realm is no reason where no policy holds the user', () => {
    const rules = upTo(1, 'cipher', 'realm');
    expect(rulesIn(diagnoseText(login({ policies: 'user (0) group (0:0)', rules })))).not.toContain(REALM);
  });

  it.each([
    ['realm', [...upTo(1, 'cipher', 'realm')]],
    ['interface', [...upTo(1, 'cipher', 'realm', 'source intf')]],
  ])('by the %s is no reason where the log shows not every rule', (_what, rules) => {
    const found = rulesIn(diagnoseText(login({ policies: ONE, rules, count: 3 })));
    expect(found).toEqual(['user-not-in-vpn-rule']);
  });
});
