import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../../support/diagnose-text.ts';

const ID = '0B1C2D3E4F5061728394A5B6C7D8E9FA';

function fnbamd(...texts: readonly string[]): string {
  return texts.map((text) => `[1738] ${text}`).join('\n');
}

/** A login over IKEv2 whose EAP the FortiGate ends itself, with the password in a request of its own. */
function eapLogin(user: string, inner: readonly string[], outer: readonly string[], result: string): string {
  return [
    'ike 0:ra:1871: FCT EAP 2FA extension vendor ID received',
    'ike V=root:0:ra: change phase1 profile to ra-local',
    'ike V=root:0:ra-local:1871: responder preparing EAP identity request',
    `ike V=root:0:ra-local: EAP user "${user}"`,
    'ike V=root:0:ra-local: EAP 611 pending',
    fnbamd(
      `handle_req-Rcvd auth req 611 for ${user} in staff opt=00000000 prot=7 svc=9`,
      'radius_start-eap_local=1',
      'handle_req-r=4',
      'fnbamd_rad_validate_pkt-RADIUS resp code 11',
      'fnbamd_comm_send_result-Sending result 2 (nid 0) for req 611, len=66',
    ),
    `ike V=root:0:ra-local: EAP challenged for user "${user}"`,
    fnbamd(
      `handle_req-Rcvd auth req 1812 for ${user} in  opt=00000000 prot=3 svc=9`,
      ...inner,
      'destroy_auth_session-delete session 1812',
      'fnbamd_rad_validate_pkt-RADIUS resp code 11',
      'fnbam_user_auth_group_match-req id: 611, server: EAP_PROXY, local auth: 1, dn match: 0',
      ...outer,
    ),
    `ike V=root:0:ra-local:1871 EAP 611 result FNBAM_${result}`,
    `ike V=root:0:ra-local: EAP ${result === 'SUCCESS' ? 'succeeded' : 'failed'} for user "${user}"${result === 'SUCCESS' ? ' group "staff" 2FA=no' : ''}`,
    '',
  ].join('\n');
}

const LOCAL_YES = [
  'auth_local-Local password fetched, whatever result will be final',
  'auth_local-Concluded: 0',
  'fnbamd_comm_send_result-Sending result 0 (nid 0) for req 1812, len=25',
];
const GROUP_NO = [
  'find_matched_usr_grps-Failed group matching',
  'fnbamd_comm_send_result-Sending result 1 (nid 0) for req 611, len=66',
];
const GROUP_YES = [
  'update_auth_token_session-config does not require 2fa',
  'fnbamd_comm_send_result-Sending result 0 (nid 0) for req 611, len=66',
];

describe('a login over IKEv2', () => {
  it('ends with the result of EAP, not with that of the password inside', () => {
    const diagnosis = diagnoseText(eapLogin('oriole', LOCAL_YES, GROUP_NO, 'DENIED'));
    expect(diagnosis.attempts.map(({ user, outcome }) => [user, outcome])).toEqual([['oriole', 'failed']]);
    expect(rulesIn(diagnosis)).toEqual(['ike-user-group-mismatch']);
    expect(diagnosis.headline).toContain('the password is right, but no group of');
  });

  it('of a local user without a token is no bypass', () => {
    const diagnosis = diagnoseText(eapLogin('oriole', LOCAL_YES, GROUP_YES, 'SUCCESS'));
    expect(rulesIn(diagnosis)).toEqual([]);
    expect(diagnosis.firstBrokenHop).toBeNull();
    expect(diagnosis.verdict).toBe('healthy');
    expect(diagnosis.headline).toBe('oriole got in by password, without a second factor');
  });

  it.each([
    [
      'DENIED',
      GROUP_NO,
      'The identity provider let wren@example.net in, but no group of the FortiGate matched',
    ],
    ['SUCCESS', GROUP_YES, 'wren@example.net got in by SAML'],
  ])('by SAML (%s) names the user, never the client', (result, outer, headline) => {
    const cache = fnbamd(
      `__saml_auth_cache_push-New auth cache entry is created, user='${ID}', saml_user='wren@example.net', expires=1795517148`,
    );
    const passed = ['fnbamd_saml_auth_cache_lookup-Authentication passed.'];
    const diagnosis = diagnoseText(`${cache}\n${eapLogin(ID, passed, outer, result)}`);
    expect(diagnosis.headline).toContain(headline);
    expect(rulesIn(diagnosis)).not.toContain('push-denied-by-user');
    expect(rulesIn(diagnosis)).not.toContain('remote-group-bypasses-2fa');
    expect(
      JSON.stringify([diagnosis.findings.map(({ fix }) => fix), diagnosis.attempts[0]?.user]),
    ).not.toContain(ID);
  });
});

describe('result 5 of fnbamd', () => {
  it.each([
    ['no address in an unknown form', '__fnbamd_ldap_dns_cb-Resolving dc1.example.net failed'],
    ['a refused certificate', '__ldap_error-Ret 5, st = 0.'],
    ['no server', 'handle_req-Error starting session'],
    ['a lost connection', '__ldap_connect-Conn failed'],
  ])('says that nobody could decide (%s)', (_why, line) => {
    const text = fnbamd(
      'handle_req-Rcvd auth req 511 for plover in staff opt=00000000 prot=4 svc=2',
      line,
      'fnbamd_comm_send_result-Sending result 5 (nid 0) for req 511, len=25',
    );
    const diagnosis = diagnoseText(`${text}\n`);
    expect(rulesIn(diagnosis)).not.toContain('user-not-in-vpn-rule');
    expect(diagnosis.verdict).toBe('inconclusive');
    const check = diagnosis.checks.find(({ rule }) => rule === 'user-not-in-vpn-rule');
    expect(check?.reason).toContain('no server decided about plover');
  });

  it('says that the user is unknown where sslvpn says so', () => {
    const text = `[15453:root:82]sslvpn_authenticate_user:191 authenticate user: [plover]
invalid auth params for user 'plover'
[15453:root:82]fam_auth_send_req_internal:514 fnbam_auth return: 5
[15453:root:82]login_failed:393 user[plover],auth_type=1 failed [sslvpn_login_unknown_user]
`;
    expect(rulesIn(diagnoseText(text))[0]).toBe('user-not-in-vpn-rule');
  });
});

const PASSED = (at: string) => `${at} [2214:root:51]`;
function pushLogin(day: string, jump: string, result: string, end: string): string {
  const at = (time: string) => `${day} ${time} [2214:root:51]`;
  return [
    `${at('08:02:00')}sslvpn_authenticate_user:192 authenticate user: [wren]`,
    `${at('08:02:00')}fam_auth_send_req_internal:514 fnbam_auth return: 7`,
    `${day} 08:02:02 [2214:root:0]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = 80`,
    `${at('08:02:02')}sslvpn_authenticate_user:192 authenticate user: [wren]`,
    `${day} 08:02:02 [2214:root:0]famStateInit:2192 ctx->token_type = 1, timeout = 60`,
    `${day} 08:02:03 {"sender":"FGT-FGVM64TM26000071-root","registration_id":"x","app":"FTM","platform":"ios","message":"{ }"}`,
    `${day} ${jump} SSL: (where=0x10 ret=0x1)SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS read client helloSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write server helloSSL: (where=0x20 ret=0x1)SSL: (where=0x2002 ret=0x1)`,
    `${PASSED(`${day} ${jump}`)}fam_auth_proc_resp:1360 fnbam_auth_update_result return: ${result}`,
    `${PASSED(`${day} ${jump}`)}${end}`,
    '',
  ].join('\n');
}
const DENIED = [
  '1 (denied)',
  'login_failed:393 user[wren],auth_type=1 failed [sslvpn_login_permission_denied]',
] as const;
const APPROVED = ['0 (success)', 'fam_do_cb:730 Auth successful for user wren'] as const;

describe('a clock that jumps between push and answer', () => {
  it.each(['08:40:00', '09:00:52', '09:02:10', '23:59:00'])('to %s does not make an answer late', (jump) => {
    const denied = diagnoseText(pushLogin('2026-11-24', jump, ...DENIED), { user: 'wren' });
    expect(rulesIn(denied)).toEqual(['push-denied-by-user']);
    const approved = diagnoseText(pushLogin('2026-11-24', jump, ...APPROVED), { user: 'wren' });
    expect(approved).toMatchObject({ verdict: 'healthy', proof: 'login' });
  });
});

it('a login that sslvpn refuses after its authentication is no success', () => {
  const diagnosis = diagnoseText(
    [
      '[401:root:c2]sslvpn_authenticate_user:193 authenticate user: [pipit]',
      '[401:root:c2]fam_auth_proc_resp:1372 fnbam_auth_update_result return: 0 (success)',
      '[401:root:c2]Auth successful for user pipit in group vpn-staff',
      '[401:root:c2]fam_do_cb:687 fnbamd return auth success.',
      '[401:root:c2]login_failed:404 user[pipit],auth_type=1 failed [sslvpn_login_permission_denied]',
    ].join('\n'),
  );
  expect(diagnosis.attempts).toMatchObject([{ user: 'pipit', outcome: 'failed' }]);
  expect(diagnosis.verdict).not.toBe('healthy');
});

describe('logins of one text', () => {
  const failed = pushLogin('2026-11-24', '08:02:10', ...DENIED);
  const worked = pushLogin('2026-11-23', '08:02:10', ...APPROVED);

  it('are ordered by their times, not by their place', () => {
    const usual = diagnoseText(worked + failed, { user: 'wren' });
    const reversed = diagnoseText(failed + worked, { user: 'wren' });
    expect(usual.verdict).toBe('broken');
    expect([reversed.verdict, reversed.headline]).toEqual([usual.verdict, usual.headline]);
  });

  it('are whole however their parts are ordered', () => {
    const lines = worked.trimEnd().split('\n');
    // Parts of one second have no order of their own.
    for (const at of [2, 5]) {
      const text = [...lines.slice(at), ...lines.slice(0, at)].join('\n');
      const { verdict, proof } = diagnoseText(`${text}\n`, { user: 'wren' });
      expect([at, verdict, proof]).toEqual([at, 'healthy', 'login']);
    }
  });
});

describe('a login over SSL VPN whose RADIUS server asked for a code', () => {
  it('is one login, although sslvpn names the user last', () => {
    const log = [
      fnbamd(
        'handle_req-Rcvd auth req 4410 for wren in vpn-staff opt=00200421 prot=3 svc=9',
        'fnbamd_radius_get_next_auth_prot-Next auth prot PAP',
        "__rad_rxtx-Sent radius req to server 'otp1': fd=12, IP=192.0.2.31(192.0.2.31:1812) code=1 id=7 len=140",
        'fnbamd_rad_validate_pkt-RADIUS resp code 11',
        'fnbamd_comm_send_result-Sending result 2 (nid 0) for req 4410, len=66',
        'handle_req-Rcvd chal rsp for req 4410',
        "__rad_rxtx-Sent radius req to server 'otp1': fd=12, IP=192.0.2.31(192.0.2.31:1812) code=1 id=8 len=158",
        'fnbamd_rad_validate_pkt-RADIUS resp code 2',
        "__group_match-Group 'vpn-staff' passed group matching",
        'fnbamd_comm_send_result-Sending result 0 (nid 0) for req 4410, len=66',
        'destroy_auth_session-delete session 4410',
      ),
      '[911:root:300]fam_auth_proc_resp:1228 fnbam_auth_update_result return: 0 (success)',
      '[911:root:300]Auth successful for user wren in group vpn-staff',
      '[911:root:300]fam_do_cb:654 fnbamd return auth success.',
      '',
    ].join('\n');
    const { attempts, headline } = diagnoseText(log);
    expect(attempts.map(({ user, outcome }) => [user, outcome])).toEqual([['wren', 'succeeded']]);
    expect(headline).toContain('a RADIUS server asked for the second factor');
  });
});
