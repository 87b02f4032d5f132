import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

/** The lines that decide, as people cut them out of a log: no line before them names a request or a client. */
const PIECES: readonly (readonly [rule: string, text: string])[] = [
  [
    'source-ip-blocked',
    `[2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=192.168.10.2
[2811:root:4d]req: /remote/logincheck`,
  ],
  [
    'user-not-in-vpn-rule',
    `[15453:root:82][fam_auth_send_req_internal:426] Groups sent to FNBAM:
[15453:root:82][fam_auth_send_req_internal:438] FNBAM opt = 0X200401
invalid auth params for user 'rook'
[15453:root:82]fam_auth_send_req_internal:514 fnbam_auth return: 5
[15453:root:82]login_failed:393 user[rook],auth_type=1 failed [sslvpn_login_unknown_user]`,
  ],
  [
    'ldaps-certificate-untrusted',
    `[1666] __verify_cb-Cert error 20, unable to get local issuer certificate. Depth 0. Subject '/CN=dc01'
[1345] __ldap_tcps_connect-tcps_connect(10.1.1.1) failed: ssl_connect() failed: 167772294 (error:0A000086:SSL routines::certificate verify failed).
[1642] __ldap_error-Ret 5, st = 0.`,
  ],
  [
    'radius-rejected',
    `[1216] fnbamd_rad_validate_pkt-RADIUS resp code 3
[624] fnbamd_rad_extract_chap_error-CHAP err: E=691 R=0 V=3
[295] fnbamd_radius_get_next_auth_prot-Next auth prot CHAP`,
  ],
  [
    'radius-server-unreachable',
    `[730] __rad_conn_timeout-Connction with nps01:10.1.1.2 timed out.
[996] fnbamd_cfg_radius_update_reachability-10.1.1.2, conn_fails 1/5
[1286] fnbamd_rad_process-Result from radius svr 'nps01' is 10, req 7002`,
  ],
  [
    'ldap-user-not-found',
    `[888] fnbamd_ldap_build_dn_search_req-base:'dc=heron' filter:cn=currlew
[900] __ldap_next_state-No DN is found.
[984] __ldap_next_state-State: DN Search -> Done
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 799, len=2524
ike V=root:0:ra_0:35399: XAUTH 799 result FNBAM_DENIED`,
  ],
  [
    'ike-no-policy',
    `ike V=root:0:ra: ignoring IKEv2 request, no policy configured
ike V=root:0:0a1b2c3d4e5f6071/0000000000000000:83853: negotiation failure
ike V=root:Negotiate SA Error: [11901]`,
  ],
  [
    'ike-proposal-mismatch',
    `ike V=root:0:ra:77: my proposal, gw ra:
ike V=root:0:ra:77: type=DH_GROUP, val=MODP2048.
ike V=root:0:ra:77: no proposal chosen
ike V=root:Negotiate SA Error: [11909]`,
  ],
  [
    'ike-peer-id-mismatch',
    `ike V=root:0:ra:77: received peer identifier FQDN 'admin'
ike V=root:0:ra:77: re-validate gw ID
ike V=root:0:ra:77: gw validation failed
ike V=root:0:ra:77: schedule delete of IKE SA 0a1b2c3d4e5f6071/0000000000000001`,
  ],
  [
    'local-password-wrong',
    `[397] auth_local-Local password fetched, whatever result will be final
[430] auth_local-Concluded: 1
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 799, len=25`,
  ],
  [
    'user-not-in-vpn-rule',
    `[425] auth_local-No conclusion, FNBAM_UNKNOWN
[889] fnbamd_auth_start-No remote authentication started
[239] fnbamd_comm_send_result-Sending result 5 (nid 0) for req 799, len=25`,
  ],
  [
    'ike-psk-mismatch',
    `ike V=root:0:ra:283: gw validation OK
ike V=root:0:ra:283: responder preparing EAP identity request
ike V=root:0:ra:283: sent IKE msg (AUTH_RESPONSE): 198.51.100.10:4500->203.0.113.22:64917, len=128
ike V=root:0:ra:283: negotiation timeout, deleting
ike V=root:0:ra:283: connection expiring due to phase1 down`,
  ],
  [
    'ike-certificate-mismatch',
    `ike V=root:0:ra:283: peer cert, subject='pc-linnet', issuer='Heron-SubCA'
[488] __quick_check_peer-CA does not match.
[1383] fnbamd_cert_auth_copy_cert_status-Cert st 2c0, req_id=700
ike V=root:0:ra:283: fnbam cert group matching failed
ike V=root:0:ra:283: certificate validation failed`,
  ],
  [
    'ldap-server-unreachable',
    `[1171] fnbamd_socket_update_interface-vfid is 2, intf mode is 0, intf name is , server address is 10.1.1.3:389, source address is 10.9.9.9:0, protocol number is 6, oif id is 0
[597] __ldap_conn_timeout-Connction with dc01:10.1.1.3 timed out.
[1677] __ldap_error-Ret 10, st = 0.`,
  ],
  [
    'local-password-wrong',
    `EAP-MSCHAPV2: Invalid NT-Response
EAP-MSCHAPV2: Received Failure Response - authentication failed
ike V=root:0:ra:283 EAP 7001 result FNBAM_DENIED
ike V=root:0:ra: EAP failed for user "snipe"
ike V=root:0:ra: connection expiring due to EAP failure`,
  ],
  [
    'saml-attribute-or-group-mismatch',
    `[176:root:2ab5]fsv_saml_login_response:477 No group info in SAML response.
[176:root:2ab5]fsv_saml_login_resp_cb:173 SAML group mismatch.
samld_send_common_reply [120]:     Attr: 10, 104, 'http://schemas.microsoft.com/groups' 'SSL-SAML'`,
  ],
  [
    'saml-clock-skew',
    `__samld_sp_login_resp [843]: Clock skew tolerance: 15
__samld_sp_login_resp [848]: Clock skew issue.
samld_send_common_reply [91]: Code: 5, id: 5601, pid: 155, len: 53, data_len 37
samld_send_common_reply [99]:     Attr: 23, 25, Undefined error.`,
  ],
  [
    'saml-response-unsigned',
    `IDP sig verify is required for response and assertions
__samld_sp_login_resp [833]: Failed to process response message. ret=101(Signature element not found.)
samld_send_common_reply [92]: Code: 1, id: 563501, pid: 2470, len: 65, data_len 49`,
  ],
  [
    'saml-idp-certificate-wrong',
    `__samld_sp_login_resp [833]: Failed to process response message. ret=440(The profile cannot verify a signature on the message)`,
  ],
  [
    'ldap-server-unreachable',
    `[269] fnbamd_dns_parse_resp-req 0x25: wrong dns format, qr=1, opcode=0, qdc=1, ancount=0
[1515] __fnbamd_ldap_dns_cb-Resolved dc01:dc01.heron.example to 0.0.0.0, cur stack size:-1
[1625] __ldap_try_next_server-No more server to try.
ike V=root:0:ra_0:35399: XAUTH 799 result FNBAM_ERROR`,
  ],
];

describe('a piece of a log', () => {
  it.each(PIECES)('shows the cause as far as it goes: %s', (rule, text) => {
    const { findings, attempts } = diagnoseText(text);
    expect(findings[0]?.rule).toBe(rule);
    expect(attempts).toHaveLength(1);
  });

  it('is left alone beside a login of the log', () => {
    const pieces = PIECES.filter(([rule]) => rule === 'ldap-server-unreachable').map(([, text]) => text);
    const login = `[2042] handle_req-Rcvd auth req 799105190011 for curlew in vpn-ad opt=00200420 prot=11 svc=7
[397] auth_local-Local password fetched, whatever result will be final
[430] auth_local-Concluded: 0
[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 799105190011, len=2524`;
    expect(diagnoseText([...pieces.slice(0, 1), login].join('\n')).findings).toEqual([]);
  });
});
