import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const SSL_LOCAL = `[280:root:1c]allocSSLConn:310 sconn 0x7f7a1b3800 (0:root)
[280:root:1c]SSL established: TLSv1.3 TLS_AES_256_GCM_SHA384
[280:root:1c]req: /remote/logincheck
[280:root:1c]access failed, uri=[/remote/logincheck],ret=4103,
[280:root:1c]rmt_logincheck_cb_handler:1283 user 'wren' has a matched local entry.
[280:root:1c]sslvpn_authenticate_user:183 authenticate user: [wren]
[280:root:1c][fam_auth_send_req_internal:426] Groups sent to FNBAM:
[280:root:1c]fam_auth_send_req_internal:514 fnbam_auth return: 0
[280:root:1c]deconstruct_session_id:709 decode session id ok, user=[wren], group=[vpn-staff],authserver=[],portal=[full-access],host[203.0.113.14],realm=[],idx=0,auth=1,sid=77a1f0c2
[280:root:1c]rmt_hcinstall_cb_handler:210 hostchk needed : 0.
[280:root:1c]tunnel vd[root] ip[10.212.134.200] app session idx[0]`;
const SSL_LDAP = `[291:root:2f]sslvpn_authenticate_user:183 authenticate user: [curlew]
[291:root:2f]fam_auth_send_req_internal:432 group_desc[0].grpname = vpn-ad
[2042] handle_req-Rcvd auth req 799105190011 for curlew in vpn-ad opt=00200420 prot=11 svc=7
[1016] fnbamd_cfg_get_ldap_list-Loaded LDAP server 'dc01' for usergroup 'vpn-ad' (8)
[984] __ldap_next_state-State: DN Search -> User Binding
[984] __ldap_next_state-State: User Binding -> Attr Query
[1580] __group_match-Group 'vpn-ad' passed group matching
[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 799105190011, len=2524
[291:root:2f]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)
[291:root:2f]fam_do_cb:665 fnbamd return auth success.
[291:root:2f]deconstruct_session_id:709 decode session id ok, user=[curlew], group=[vpn-ad],authserver=[dc01],portal=[full-access],host[203.0.113.15],realm=[],idx=0,auth=1,sid=77a1f0c2`;
const SSL_RADIUS = `[291:root:2f]sslvpn_authenticate_user:183 authenticate user: [dunlin]
[2042] handle_req-Rcvd auth req 799105190012 for dunlin in vpn-nps opt=00200420 prot=11 svc=7
[1016] fnbamd_cfg_get_radius_list-Loaded RADIUS server 'nps01' for usergroup 'vpn-nps' (8)
[1100] __create_access_request-Sent radius req to server 'nps01': fd=11, IP=10.20.1.31(10.20.1.31:1812) code=1 id=57 len=206
[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2
[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 799105190012, len=2524
[291:root:2f]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)
[291:root:2f]deconstruct_session_id:709 decode session id ok, user=[dunlin], group=[vpn-nps],authserver=[nps01],portal=[full-access],host[203.0.113.15],realm=[],idx=0,auth=1,sid=77a1f0c2`;
const CHALLENGED = SSL_RADIUS.replace(
  '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2',
  `[1216] fnbamd_rad_validate_pkt-RADIUS resp code 11
[239] fnbamd_comm_send_result-Sending result 2 (nid 0) for req 799105190012, len=2524
[291:root:2f]sslvpn_authenticate_user:183 authenticate user: [dunlin]
[2042] handle_req-Rcvd chal rsp for req 799105190012
[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2`,
);
const SSL_SAML = `[300:root:3a]req: /remote/saml/login
samld_process_request [145]: len=8228, cmd=2, pid=300, job_id=563586
__samld_sp_login_resp [843]: Clock skew tolerance: 15
samld_send_common_reply [91]: Code: 0, id: 563586, pid: 300, len: 569, data_len 553
samld_send_common_reply [120]:     Attr: 10, 38, 'username' 'tern@heron.example'
[300:root:3a]fsv_saml_login_response:472 Got saml username: tern@heron.example.
[300:root:3a]sslvpn_authenticate_user:183 authenticate user: [tern@heron.example]
[300:root:3a]fam_auth_send_req_internal:514 fnbam_auth return: 0
[300:root:3a]deconstruct_session_id:709 decode session id ok, user=[tern@heron.example], group=[vpn-saml],authserver=[entra],portal=[full-access],host[203.0.113.16],realm=[],idx=0,auth=1,sid=77a1f0c2`;
const IKEV1 = `ike V=root:0:ra-staff:35399: responder: aggressive mode get 1st message...
ike V=root:0:ra-staff:35399: SA proposal chosen, matched gateway ra-staff
ike V=root:0:ra-staff:35399: initiating XAUTH.
ike V=root:0:ra-staff_0:35399: XAUTH user "plover"
ike V=root:0:ra-staff_0:35399: XAUTH 700221448201 pending
ike V=root:0:ra-staff_0:35399: XAUTH 700221448201 result FNBAM_SUCCESS
ike V=root:0:ra-staff_0:35399: XAUTH succeeded for user "plover" group "vpn-staff" 2FA=no`;
const IKEV2 = `ike V=root:0:ra-eap:283: gw validation OK
ike V=root:0:ra-eap:283: responder preparing EAP identity request
ike V=root:0:ra-eap:283: responder received EAP msg
ike V=root:0:ra-eap:283: EAP user "snipe"
ike V=root:0:ra-eap:283: EAP 700221448210 pending
ike V=root:0:ra-eap:283 EAP 700221448210 result FNBAM_CHALLENGED
ike V=root:0:ra-eap:283: EAP 700221448210 pending
ike V=root:0:ra-eap:283 EAP 700221448210 result FNBAM_SUCCESS
ike V=root:0:ra-eap: EAP succeeded for user "snipe" group "vpn-staff" 2FA=no
ike V=root:0:ra-eap:283: mode-cfg could not allocate IPv6 address
ike V=root:0:ra-eap_0:283: added IPsec SA: SPIs=ab817b6f/5af43511`;

/** The browser begins in one connection and brings the answer in another. */
const SAML_IN_TWO = SSL_SAML.replace(
  '[300:root:3a]req: /remote/saml/login',
  `[300:root:39]req: /remote/saml/start?redirect=1
samld_process_request [145]: len=228, cmd=0, pid=300, job_id=563586
samld_send_common_reply [91]: Code: 0, id: 563586, pid: 300, len: 2569, data_len 2553
[300:root:3a]req: /remote/saml/login`,
).replace(
  /^.*authenticate user: .*\n.*return: 0\n/m,
  '[300:root:3a]fam_do_cb:665 fnbamd return auth success.\n',
);
/** A wrong password before, and lines of other users between. */
const SECOND_TRY = `[279:root:1b]sslvpn_authenticate_user:183 authenticate user: [wren]
[279:root:1b]fam_auth_send_req_internal:514 fnbam_auth return: 1
[279:root:1b]login_failed:405 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]
[281:root:1d]sslvpn_authenticate_user:183 authenticate user: [dunlin]
[281:root:1d]fam_auth_send_req_internal:514 fnbam_auth return: 0
${SSL_LOCAL}`;
/** fnbamd has the request, sslvpn the end only. */
const SSL_LATE = `[1909] handle_req-Rcvd auth req 799105190031 for knot in  opt=00201420 prot=11
[353] auth_local-started for knot
[397] auth_local-Local password fetched, whatever result will be final
[430] auth_local-Concluded: 0
[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 799105190031, len=2582
[61:root:5a0]Auth successful for user knot
[61:root:5a0]tunnel vd[root] ip[10.212.134.201] app session idx[0]`;

const withoutPrefix = (text: string) => text.replaceAll(/^\[\d+:root:[0-9a-f]+\]/gm, '');
const withoutName = (text: string) => text.replace(/^.*authenticate user: .*\n/m, '');

describe('a login that was seen to succeed', () => {
  it.each([
    ['SSL VPN, local user', SSL_LOCAL, 'wren got in by password'],
    ['the same without prefixes', withoutPrefix(SSL_LOCAL), 'wren got in by password'],
    ['the same, named by its portal', withoutName(SSL_LOCAL), 'wren got in by password'],
    ['SSL VPN, LDAP', SSL_LDAP, 'curlew got in by password'],
    ['SSL VPN, RADIUS', SSL_RADIUS, 'dunlin got in: the RADIUS server asks for a second factor, if any'],
    [
      'the same after a challenge',
      CHALLENGED,
      'dunlin got in: the RADIUS server asked for the second factor',
    ],
    [
      'SSL VPN, SAML',
      SSL_SAML,
      'tern@heron.example got in by SAML: the identity provider asks for a second factor, if any',
    ],
    [
      'the same in two connections',
      SAML_IN_TWO,
      'tern@heron.example got in by SAML: the identity provider asks for a second factor, if any',
    ],
    ['SSL VPN that tells the end only', SSL_LATE, 'knot got in by password'],
    ['IKEv1 with XAUTH', IKEV1, 'plover got in by password, without a second factor'],
    ['IKEv2 with EAP', IKEV2, 'snipe got in by password, without a second factor'],
  ])('%s: is healthy and says who asked for a second factor', (_, text, headline) => {
    expect(diagnose([{ name: 'paste.txt', text }])).toMatchObject({
      verdict: 'healthy',
      proof: 'login',
      headline,
      findings: [],
    });
  });

  it.each([
    [
      'is explained where a person asks',
      'ist da noch was faul, oder passt das so?',
      ['could not allocate IPv6 address'],
    ],
    [
      'is explained in other words',
      'könnt ihr schauen, ob das so richtig aussieht?',
      ['could not allocate IPv6 address'],
    ],
    ['stays unmentioned where none does', 'das Log von heute', []],
  ])('what looks like trouble %s', (_, said, shown) => {
    const { verdict, explained } = diagnose([{ name: 'paste.txt', text: `${said}\n${IKEV2}` }]);
    const all = (explained ?? []).map((each) => each.shown);
    expect(verdict).toBe('healthy');
    expect(all.filter((each) => each.includes('IPv6'))).toEqual(shown);
  });

  it('is proved after a wrong password, with other users between', () => {
    expect(diagnose([{ name: 'paste.txt', text: SECOND_TRY }], { user: 'wren' })).toMatchObject({
      verdict: 'healthy',
      proof: 'login',
      headline: expect.stringMatching(/^wren got in by password · a login before that failed/) as string,
    });
  });

  it('is not proved by its portal where portals or addresses are in question', () => {
    const portal = `config vpn ssl web portal
    edit "full-access"
        set web-mode enable
    next
end
`;
    const log = SSL_LOCAL.replace(/\n.*tunnel vd.*/, '');
    expect(diagnose([{ name: 'paste.txt', text: `${portal}${log}` }])).toMatchObject({
      verdict: 'inconclusive',
      headline: 'wren got in as far as the portal: the log shows no address for the tunnel',
    });
  });

  it.each([
    ['ends at the portal', SSL_LOCAL.replace(/\n.*tunnel vd.*/, ''), 'unknown'],
    ['ends at the portal of an LDAP user', SSL_LDAP, 'unknown'],
    ['shows the address', SSL_LOCAL, 'ok'],
  ])('shows the tunnel only where the log does: it %s', (_, text, status) => {
    const { hops, verdict } = diagnose([{ name: 'paste.txt', text }]);
    expect(hops.at(-1)).toMatchObject({ id: 'tunnel', status });
    expect(verdict).toBe('healthy');
  });

  it('is not proved while SSL VPN still checks the client', () => {
    const text = SSL_LOCAL.replace('needed : 0', 'needed : 1').replace(/\n.*tunnel vd.*/, '');
    expect(diagnose([{ name: 'paste.txt', text }]).verdict).not.toBe('healthy');
  });
});

describe('a login that a RADIUS server accepted, without the line of sslvpn about its result', () => {
  const LOGIN = `[88:root:c4]sslvpn_authenticate_user:193 authenticate user: [plover]
[1909] handle_req-Rcvd auth req 66120931 for plover in vpn-staff opt=00200421 prot=11
[425] auth_local-No conclusion, FNBAM_UNKNOWN
[1043] __auth_ctx_create-Loaded RADIUS server 'rad01' for usergroup 'vpn-staff' (4)
[329] fnbamd_rad_send-Sent radius req to server 'rad01': fd=12, IP=10.30.0.9(10.30.0.9:1812) code=1 id=7 len=203
[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2
[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 66120931, len=2531
[88:root:c4]Auth successful for user plover
`;

  it('shows no second factor of the FortiGate', () => {
    const diagnosis = diagnoseText(LOGIN, { user: 'plover' });
    const factor = diagnosis.hops.find(({ id }) => id === 'second-factor');
    expect(factor).toMatchObject({ status: 'not-reached', needed: false, evidence: [] });
    expect(diagnosis.headline).toBe('plover got in: the RADIUS server asks for a second factor, if any');
    const healthy = diagnosis.checks.filter(({ verdict }) => verdict === 'healthy').map(({ rule }) => rule);
    expect(healthy).not.toContain('token-clock-drift');
    expect(healthy).not.toContain('remote-group-bypasses-2fa');
  });

  it('shows one where the FortiGate asked for a code after the password', () => {
    const asked = LOGIN.replace('Sending result 0', 'Sending result 7');
    const factor = diagnoseText(asked, { user: 'plover' }).hops.find(({ id }) => id === 'second-factor');
    expect(factor).toMatchObject({ status: 'ok' });
  });
});
