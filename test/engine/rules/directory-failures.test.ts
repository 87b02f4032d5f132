import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const event = (time: string, failures: string) =>
  `date=2026-03-02 time=${time} devname="fgt-branch-07" logid="0100022113" type="event" subtype="system" level="warning" vd="root" logdesc="Authentication error" service="auth" msg="Authentication failed 9 times in the last 5 minutes (new requests: 31, ${failures})"`;
const LDAP = 'config user ldap\n    edit "dc01"\n        set server "192.0.2.20"\n    next\nend\n';

const found = (text: string) =>
  diagnoseText(text).findings.filter(({ rule }) => rule === 'ldap-server-unreachable');

it('failed connections to a directory in the event log are a finding, with the latest count', () => {
  const [finding, other] = found(
    [
      event('09:12:40', 'request failures: 0, LDAP conn failures: 9'),
      event('09:07:40', 'request failures: 0, LDAP conn failures: 4'),
    ].join('\n'),
  );
  expect(other).toBeUndefined();
  expect(finding).toMatchObject({
    title: 'Connections to the LDAP server failed 9 times within 5 minutes',
    confidence: 'likely',
    hop: 'login',
  });
  expect(finding?.summary).toContain('before 2026-03-02 09:12:40');
  expect(finding?.evidence).toHaveLength(1);
});

it('the only LDAP server of the FortiGate is named', () => {
  const [finding] = found(`${LDAP}\n${event('09:12:40', 'request failures: 0, LDAP conn failures: 9')}`);
  expect(finding?.title).toBe('Connections to the LDAP server dc01 failed 9 times within 5 minutes');
});

it.each([
  ['no connection failed', event('09:12:40', 'request failures: 9, LDAP conn failures: 0')],
  ['the message says something else', event('09:12:40', 'queue full')],
])('nothing is found where %s', (_why, text) => {
  expect(found(text)).toEqual([]);
});

it.each([
  ['L2TP or PPTP', [], true],
  ['SSL VPN', ['[2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [wren]'], false],
  [
    'XAUTH',
    [
      'ike V=root:0:ra:9: initiating XAUTH.',
      'ike V=root:0:ra: XAUTH user "wren"',
      'ike V=root:0:ra: XAUTH 77 pending',
    ],
    false,
  ],
])('a directory that was asked without a password: a login by %s', (_vpn, begun, isFound) => {
  const log = [
    ...begun,
    '[1774] handle_req-Rcvd auth req 77 for wren in crew opt=00000000 prot=3',
    "[788] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc01' for usergroup 'crew' (8)",
    '[1032] __ldap_auth_ctx_prep-Invalid credential',
    '[438] ldap_start-Failed to init ldap ctx for dc01',
    '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 77, len=2144',
    ...(begun.length === 1 ? ['[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 1'] : []),
  ];
  const rules = diagnoseText(log.join('\n')).findings.map(({ rule }) => rule);
  expect(rules.includes('ike-eap-method-mismatch')).toBe(isFound);
});

it('a local user in another group was accepted by the FortiGate, and no directory is named', () => {
  const log = [
    '[1909] handle_req-Rcvd auth req 77 for wren in crew opt=00000000 prot=4',
    "[489] __compose_group_list_from_req-Group 'crew', type 1",
    '[397] auth_local-Local password fetched, whatever result will be final',
    '[430] auth_local-Concluded: 0',
    '[209] find_matched_usr_grps-Failed group matching',
    '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 77, len=2144',
  ];
  const [first] = diagnoseText(log.join('\n')).findings;
  expect(first?.rule).toBe('password-rejected');
  expect(first?.summary).toContain('The FortiGate accepted the password of its local user');
  expect(first?.fix.note).not.toContain('config match');
});
