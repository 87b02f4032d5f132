import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const ASKED = '[1774] handle_req-Rcvd auth req 1840113072 for marlow in vpn-staff opt=00200421 prot=11';
const SESSION = '[2210:root:4f]sslvpn_authenticate_user:192 authenticate user: [marlow]';
const LDAP =
  "[1067] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'ALDER-LDAP' for usergroup 'vpn-staff' (2)";
const RADIUS =
  "[863] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server 'ALDER-NPS' for usergroup 'vpn-staff' (6)";
const SENT = (code: number) =>
  `[209] fnbamd_comm_send_result-Sending result ${code} (nid 0) for req 1840113072, len=2148`;
const RETURNED = (code: number) => `[2210:root:4f]fam_auth_send_req:1007 task finished with ${code}`;
const REFUSED =
  '[2210:root:4f]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]';
const TIMED_OUT = '[597] __ldap_conn_timeout-Connction with ALDER-LDAP:10.20.0.5 timed out.';
const STATE = (from: string, to: string) => `[984] __ldap_next_state-State: ${from} -> ${to}`;
const CERTIFICATE =
  "[1666] __verify_cb-Cert error 20, unable to get local issuer certificate. Depth 0. Subject '/CN=alder.heron.example'";
const MISMATCH = '[209] find_matched_usr_grps-Failed group matching';

/** What is left of a log in which the line that decides is missing, and the rule that an expert names. */
const EXCERPTS: readonly (readonly [
  what: string,
  lines: readonly string[],
  rule: string,
  confidence: string,
])[] = [
  [
    'an error of LDAP',
    [ASKED, LDAP, '[1677] __ldap_error-Ret 10, st = 0.'],
    'ldap-server-unreachable',
    'likely',
  ],
  ['result 10 of LDAP alone', [ASKED, LDAP, SENT(10)], 'ldap-server-unreachable', 'likely'],
  [
    'result 10 of sslvpn',
    [SESSION, LDAP, '[1691] __ldap_error-Conn failed.', RETURNED(10)],
    'ldap-server-unreachable',
    'likely',
  ],
  [
    'no line about the request',
    [SESSION, LDAP, TIMED_OUT, RETURNED(10)],
    'ldap-server-unreachable',
    'certain',
  ],
  ['no line about the result', [SESSION, LDAP, TIMED_OUT], 'ldap-server-unreachable', 'certain'],
  ['result 10 of RADIUS alone', [ASKED, RADIUS, SENT(10)], 'radius-server-unreachable', 'likely'],
  [
    'groups without a comparison',
    [ASKED, LDAP, STATE('User Binding', 'Attr Query'), SENT(1)],
    'ldap-group-mismatch',
    'likely',
  ],
  [
    'a comparison without the bind',
    [ASKED, LDAP, STATE('Attr Query', 'Primary Group Query'), MISMATCH, SENT(1)],
    'ldap-group-mismatch',
    'certain',
  ],
  [
    'an accept without a comparison',
    [SESSION, RADIUS, '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2', RETURNED(1)],
    'radius-group-attribute-missing',
    'likely',
  ],
  [
    'a search without its answer',
    [ASKED, LDAP, STATE('DN Search', 'Done'), SENT(1)],
    'ldap-user-not-found',
    'likely',
  ],
  [
    'a search account without its answer',
    [SESSION, LDAP, STATE('Admin Binding', 'Done'), REFUSED],
    'ldap-bind-account-refused',
    'likely',
  ],
  [
    'a user without the directory’s answer',
    [ASKED, LDAP, STATE('DN Search', 'User Binding'), STATE('User Binding', 'Done'), SENT(1)],
    'ldap-user-refused',
    'likely',
  ],
  [
    'a certificate without the connection',
    [ASKED, LDAP, CERTIFICATE, SENT(5)],
    'ldaps-certificate-untrusted',
    'likely',
  ],
];

const REPLY = (text: string) => [
  'samld_process_request [145]: len=11817, cmd=2, pid=155, job_id=5601',
  'samld_send_common_reply [91]: Code: 1, id: 5601, pid: 155, len: 64, data_len 48',
  `samld_send_common_reply [99]:     Attr: 23, 36, ${text}`,
];

describe('a reply of samld without the line that refuses the answer', () => {
  it.each([
    ['Failed to verify signature.', 'saml-idp-certificate-wrong'],
    ['Signature element not found.', 'saml-response-unsigned'],
    ['Undefined error.', undefined],
  ])('%s', (text, rule) => {
    expect(diagnoseText(REPLY(text).join('\n')).findings[0]?.rule).toBe(rule);
  });
});

const STAMP = '2026-04-14 09:02:11 ';
const FUNCTION = /^\[\d{1,6}\] \w+-/;

describe('an excerpt without the line that decides', () => {
  describe.each([
    ['as printed', (line: string) => line],
    ['with times', (line: string) => STAMP + line],
    ['without the number of fnbamd', (line: string) => line.replace(/^\[\d{1,6}\] /, '')],
    ['with times, without the number', (line: string) => STAMP + line.replace(/^\[\d{1,6}\] /, '')],
  ])('%s', (_form, spell) => {
    it.each(EXCERPTS)('%s', (_what, lines, rule, confidence) => {
      const [finding] = diagnoseText(lines.map(spell).join('\n')).findings;
      expect([finding?.rule, finding?.confidence]).toEqual([rule, confidence]);
    });
  });

  // Without its function, an error does not say which kind of server it is about.
  it.each(EXCERPTS)('without the functions of fnbamd: %s', (_what, lines, rule, confidence) => {
    const text = lines.map((line) => line.replace(FUNCTION, '')).join('\n');
    const [finding] = diagnoseText(text).findings;
    expect([finding?.rule, finding?.confidence]).toEqual([rule, confidence]);
  });
});

it('takes the user of a request from fnbamd where ike prints only its result', () => {
  const lines = [
    'ike V=root:0:ra-eap:71: responder preparing EAP identity request',
    '[1738] handle_req-Rcvd auth req 7991051 for marlow in vpn-users opt=00000000 prot=7 svc=9',
    '[316] radius_start-eap_local=1',
    'EAP-MSCHAPV2: Invalid NT-Response',
    'ike V=root:0:ra-eap:71 EAP 7991051 result FNBAM_DENIED',
  ];
  const [finding] = diagnoseText(lines.join('\n')).findings;
  expect([finding?.rule, finding?.title]).toEqual([
    'local-password-wrong',
    'marlow: wrong password (local user)',
  ]);
});

describe('an excerpt that leaves the cause open', () => {
  it.each([
    ['result 10 where two kinds of servers were asked', [ASKED, LDAP, RADIUS, SENT(10)]],
    [
      'a step at the directory before others that may be missing',
      [ASKED, LDAP, STATE('Admin Binding', 'DN Search'), SENT(1)],
    ],
    ['lines about a request that succeeded', [SESSION, LDAP, STATE('User Binding', 'Attr Query'), SENT(0)]],
  ])('%s', (_what, lines) => {
    const rules = diagnoseText(lines.join('\n')).findings.map(({ rule }) => rule);
    expect(rules.filter((rule) => /^(?:ldap|radius)/.test(rule))).toEqual([]);
  });

  it('keeps lines of another request apart', () => {
    const other = [LDAP, STATE('DN Search', 'Done'), SENT(1)];
    const rules = diagnoseText([...other, SESSION, RETURNED(5)].join('\n')).findings.map(({ rule }) => rule);
    expect(rules).not.toContain('ldap-user-not-found');
  });
});
