import { expect, it } from 'vitest';
import { renderText } from '../../../src/report/formats/text/render-text.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const asked = (user: string, request: number) =>
  `[1909] handle_req-Rcvd auth req ${request} for ${user} in vpn-staff opt=00200421 prot=11`;
const result = (code: number, request: number) =>
  `[239] fnbamd_comm_send_result-Sending result ${code} (nid 0) for req ${request}, len=2524`;
const loaded = (kind: string, server: string) =>
  `[1067] __fnbamd_cfg_get_list-Loaded ${kind} server '${server}' for usergroup 'vpn-staff' (2)`;
const bound = [
  '[1107] __ldap_next_state-State: Connecting -> Admin Binding',
  '[1107] __ldap_next_state-State: Admin Binding -> DN Search',
];
const event = (reason: string) =>
  `date=2026-03-02 time=07:58:44 logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" action="ssl-login-fail" remip=203.0.113.9 user="wren" reason="${reason}"`;

const LOCAL = [
  asked('plover', 71),
  '[397] auth_local-Local password fetched, whatever result will be final',
  '[430] auth_local-Concluded: 1',
  result(1, 71),
];
const LOCKED = [
  asked('wren', 72),
  loaded('LDAP', 'dc01'),
  ...bound,
  "[1234] fnbamd_ldap_get_dn-Get DN 'CN=wren,OU=Staff,DC=heron,DC=example'",
  '[1107] __ldap_next_state-State: DN Search -> User Binding',
  '[1333] fnbamd_ldap_parse_response-Error 49(80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v2580)',
  '[1107] __ldap_next_state-State: User Binding -> Done',
  result(1, 72),
];
const UNKNOWN = [
  asked('wren', 73),
  loaded('LDAP', 'dc01'),
  ...bound,
  "[888] fnbamd_ldap_build_dn_search_req-base:'dc=heron,dc=example' filter:cn=wren",
  '[900] __ldap_next_state-No DN is found.',
  result(1, 73),
];
/** A login of IKEv2 that fnbamd refused; `server` is what it loaded. */
const eap = (user: string, request: number, ...server: readonly string[]) => [
  `ike V=root:0:ra-eap:${request}: responder preparing EAP identity request`,
  `ike V=root:0:ra-eap:${request}: responder received EAP msg`,
  `ike V=root:0:ra-eap: EAP user "${user}"`,
  `ike V=root:0:ra-eap: EAP ${request} pending`,
  asked(user, request),
  ...server,
  'EAP-MSCHAPV2: Invalid NT-Response',
  result(1, request),
  `ike V=root:0:ra-eap:${request} EAP ${request} result FNBAM_DENIED`,
  `ike V=root:0:ra-eap: EAP failed for user "${user}"`,
  'ike V=root:0:ra-eap: connection expiring due to EAP failure',
];
const DIRECTORY = [
  '',
  'config user group',
  '    edit "vpn-ad"',
  '        set member "dc01"',
  '    next',
  'end',
  'config user ldap',
  '    edit "dc01"',
  '        set server "10.0.0.5"',
  '    next',
  'end',
];
const SILENT = [
  asked('wren', 74),
  loaded('RADIUS', 'nps01'),
  '[730] __rad_conn_timeout-Connction with nps01:192.0.2.20 timed out.',
  "[1286] fnbamd_rad_process-Result from radius svr 'nps01' is 10, req 74",
  result(10, 74),
];
const REJECTED = [
  asked('wren', 75),
  loaded('RADIUS', 'nps01'),
  '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 3',
  "[1286] fnbamd_rad_process-Result from radius svr 'nps01' is 1, req 75",
  result(1, 75),
];

it.each([
  ['a wrong local password', LOCAL, 'plover · wrong local password'],
  ['a locked account', LOCKED, 'wren · refused by dc01: account locked'],
  ['a name that the directory does not have', UNKNOWN, 'wren · not found in dc01'],
  [
    'a password that no server could check',
    [...eap('wren', 76, "[332] __compose_group_list_from_req-Group 'vpn-ad', type 1"), ...DIRECTORY],
    'wren · EAP-MSCHAPv2 cannot ask LDAP',
  ],
  ['a server that is silent', SILENT, 'wren · no answer from nps01'],
  ['a server that says no', REJECTED, 'wren · refused by nps01'],
  ['a password that expired', [event('sslvpn_login_password_expired')], 'wren · local password expired'],
  ['words of the event log', [event('sslvpn_login_unknown_user')], 'wren · “unknown user”'],
])('the line of a failed login says %s', (_, lines, expected) => {
  expect(renderText(diagnoseText(lines.join('\n')))).toContain(`❌ ${expected}`);
});

it('a password that no server could check is not called wrong, and one of a local user is', () => {
  const lines = [...eap('wren', 72, loaded('LDAP', 'dc01')), ...eap('plover', 73)];
  const text = renderText(diagnoseText(lines.join('\n')), { width: 200 });
  expect(text).toContain('❌ wren · EAP-MSCHAPv2 cannot ask LDAP');
  expect(text).toContain('❌ plover · wrong local password');
});

it('each of two users has the reason of the own login, and no fix is said to solve the other’s', () => {
  const text = renderText(diagnoseText([...LOCAL, ...LOCKED].join('\n')), { width: 200 });
  expect(text).toContain('❌ plover · wrong local password');
  expect(text).toContain('❌ wren · refused by dc01: account locked');
  expect(text).not.toContain('The same fix also solves');
  expect(text).toContain('Let plover log in once.');
  expect(text).toContain('Let wren log in once.');
});

it('the password that expired is one of a local user, unless the entries that were read say otherwise', () => {
  const note = (...lines: readonly string[]) =>
    diagnoseText([...lines, event('sslvpn_login_password_expired')].join('\n')).findings[0]?.fix.note ?? '';
  expect(note()).toMatch(/^Set a new password .* `set passwd <new-password>`/);
  const ldap =
    'config user local\n    edit "wren"\n        set type ldap\n        set ldap-server "dc01"\n    next\nend';
  expect(note(ldap)).toMatch(/^If wren is a local user, set/);
});

it('a login whose lines do not show why has no reason', () => {
  const [login] = diagnoseText([asked('wren', 76), result(1, 76)].join('\n')).attempts;
  expect(login?.outcome).toBe('failed');
  expect(login?.reason).toBeUndefined();
});

it('of two refused users, the one whose entry is disabled has that as the reason', () => {
  const entry = 'config user local\n    edit "wren"\n        set status disable\n    next\nend';
  const refused = event('sslvpn_login_permission_denied');
  const lines = [entry, refused, refused.replace('"wren"', '"plover"')];
  const { attempts } = diagnoseText(lines.join('\n'));
  expect(attempts.map(({ user, reason }) => [user, reason])).toEqual([
    ['wren', 'user disabled on this FortiGate'],
    ['plover', '“permission denied”'],
  ]);
});
