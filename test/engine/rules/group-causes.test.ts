import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

const finding = (...lines: readonly string[]) => {
  const [first] = diagnose([{ name: 'case.txt', text: lines.join('\n') }]).findings;
  if (!first) throw new Error('nothing is found');
  return first;
};

const skipped = (user: string, group: string, server: string) => [
  `[1909] handle_req-Rcvd auth req 55120011 for ${user} in  opt=00200421 prot=11`,
  `[489] __compose_group_list_from_req-Group '${group}', type 1`,
  `[1623] fnbam_user_auth_group_match-req id: 55120011, server: ${server}, local auth: 0, dn match: 1`,
  `[1595] __group_match-Add matched group '${group}'(5)`,
  '[777] update_auth_token_session-config does not require 2fa',
  '[209] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 55120011, len=2291',
];
const entry = (user: string, kind: string, server: string) => [
  'config user local',
  `    edit "${user}"`,
  `        set type ${kind}`,
  '        set two-factor fortitoken',
  '        set fortitoken "FTKMOB11AA22BB33"',
  `        set ${kind}-server "${server}"`,
  '    next',
  'end',
];
const group = (name: string, ...members: readonly string[]) => [
  'config user group',
  `    edit "${name}"`,
  `        set member ${members.map((member) => `"${member}"`).join(' ')}`,
  '    next',
  'end',
];

it.each([
  ['ldap', 'DC-OSLO', 'LDAP'],
  ['radius', 'NPS-2', 'RADIUS'],
])('a login without the token names the group and the %s server that let it pass', (kind, server, shown) => {
  const { title, summary, fix } = finding(
    ...skipped('heron', 'VPN-Staff', server),
    ...entry('heron', kind, server),
    ...group('VPN-Staff', server, 'egret'),
  );
  expect(title).toBe(`VPN-Staff contains the ${shown} server ${server}: heron got in without the token`);
  expect(summary).toContain('The entry of heron, which has the token, is no member of VPN-Staff.');
  expect(fix.note).toMatch(
    new RegExp(`^First give every other user of ${server} .* without an entry in VPN-Staff they lose access`),
  );
});

it('the lines keep every user with a token of that server in, not only the one of the login', () => {
  const { fix } = finding(
    ...skipped('heron', 'VPN-Staff', 'DC-OSLO'),
    ...entry('heron', 'ldap', 'DC-OSLO'),
    ...entry('dunlin', 'ldap', 'DC-OSLO'),
    ...group('VPN-Staff', 'DC-OSLO', 'egret'),
  );
  expect(fix.apply.join('\n')).toContain('append member "heron" "dunlin"');
});

it('an entry that is a member already is not said to be missing', () => {
  const { summary } = finding(
    ...skipped('heron', 'VPN-Staff', 'DC-OSLO'),
    ...entry('heron', 'ldap', 'DC-OSLO'),
    ...group('VPN-Staff', 'DC-OSLO', 'heron'),
  );
  expect(summary).not.toContain('no member');
});

const refused = (user: string, asked: readonly string[], reported: readonly string[]) => [
  `[1909] handle_req-Rcvd auth req 55120012 for ${user} in  opt=00200421 prot=11`,
  ...asked.flatMap((name) => [
    `[489] __compose_group_list_from_req-Group '${name}', type 1`,
    `[1067] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'DC-OSLO' for usergroup '${name}' (5)`,
  ]),
  "[1053] __ldap_rxtx-Change state to 'User Binding'",
  "[1053] __ldap_rxtx-Change state to 'Attr query'",
  ...reported.map((dn, index) => `[542] __retrieve_group_values-val[${index}]='${dn}'`),
  "[1053] __ldap_rxtx-Change state to 'Done'",
  '[2831] fnbamd_ldap_result-Result for ldap svr 192.0.2.40(DC-OSLO) is SUCCESS',
  '[2839] fnbamd_ldap_result-Failed group matching',
  '[209] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 55120012, len=3012',
];

it('a user in none of several groups: the headline names the user and the groups, the steps show what they ask for', () => {
  const { title, summary, fix } = finding(
    ...refused(
      'heron',
      ['VPN-Sales', 'VPN-Board'],
      ['CN=Print,DC=oslo,DC=example', 'CN=Crm,DC=oslo,DC=example'],
    ),
  );
  expect(title).toBe('heron is in no LDAP group that VPN-Sales or VPN-Board asks for');
  expect(summary).not.toContain('CN=');
  expect(fix.note).toMatch(
    /^1\. See which groups of the directory VPN-Sales or VPN-Board asks for: `show user group "VPN-Sales"`, `show user group "VPN-Board"`\. 2\. Add heron to one of them/,
  );
  expect(fix.note).toContain('of a colleague who gets in');
});

it('one reported group stays in the headline', () => {
  const { title } = finding(...refused('heron', ['VPN-Sales'], ['CN=Print,DC=oslo,DC=example']));
  expect(title).toBe('heron is in no LDAP group that VPN-Sales asks for, only in CN=Print');
});

it('a certificate that is not trusted names the server, where no line names its entry or a user', () => {
  const { rule, title } = finding(
    '[1950] handle_req-r=4',
    '[880] __fnbamd_ldap_start_conn-Still connecting 192.0.2.44.',
    "[1666] __verify_cb-Cert error 20, unable to get local issuer certificate. Depth 0. Subject '/CN=dc7.oslo.example'",
    '[1345] __ldap_tcps_connect-tcps_connect(192.0.2.44) failed: ssl_connect() failed: 167772294 (error:0A000086:SSL routines::certificate verify failed).',
    '[239] fnbamd_comm_send_result-Sending result 5 (nid 0) for req 118820034, len=2120',
  );
  expect(rule).toBe('ldaps-certificate-untrusted');
  expect(title).toBe(
    'The certificate of the LDAP server dc7.oslo.example is not trusted: its users cannot log in',
  );
});

it('a log that begins within the request names the groups of the user and the one that is asked for', () => {
  const { rule, title, summary, fix } = finding(
    '[984] __ldap_next_state-State: DN Search -> User Binding',
    '[984] __ldap_next_state-State: User Binding -> Attr Query',
    "[1014] __get_member_of_groups-val[0]='CN=Pilots,OU=Teams,DC=heron,DC=example'",
    "[1014] __get_member_of_groups-val[1]='CN=Lisbon,OU=Sites,DC=heron,DC=example'",
    '[984] __ldap_next_state-State: Attr Query -> Done',
    '[627] fnbam_user_auth_group_match-req id: 55120014, server: DC-OSLO, local auth: 0, dn match: 1',
    '[2831] fnbamd_ldap_result-Failed group matching',
    '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 55120014, len=3002',
    'config user group',
    '    edit "Remote-Staff"',
    '        set member "DC-OSLO"',
    '        config match',
    '            edit 1',
    '                set server-name "DC-OSLO"',
    '                set group-name "CN=Remote,OU=Teams,DC=heron,DC=example"',
    '            next',
    '        end',
    '    next',
    'end',
  );
  expect(rule).toBe('ldap-group-mismatch');
  expect(title).toBe('A user is not in CN=Remote, the LDAP group that Remote-Staff asks for');
  expect(summary).toContain('The directory reported CN=Pilots and CN=Lisbon.');
  expect(fix.note).toContain('Add the user to `CN=Remote,OU=Teams,DC=heron,DC=example` in the directory');
  expect(fix.note).toContain('add that name to Remote-Staff as a further entry');
});
