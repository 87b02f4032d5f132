import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDebugEvent } from '../../../../src/engine/fortios/debug/debug-event.ts';
import { readRecords } from '../../../../src/engine/fortios/debug/read-records.ts';
import { decodeAlert } from '../../../../src/engine/fortios/debug/tls-alerts.ts';

function eventIn(line: string) {
  const [record] = readRecords([line]);
  return record && readDebugEvent(record);
}

describe('readDebugEvent', () => {
  it.each([
    [
      '[1:root:a]sslvpn_authenticate_user:192 authenticate user: [a b]c]',
      { kind: 'authenticate', user: 'a b]c' },
    ],
    ['[1:root:a]fam_auth_send_req_internal:514 fnbam_auth return: 7', { kind: 'password-result', code: 7 }],
    ['[1:root:a]fam_auth_send_req:1007 task finished with 5', { kind: 'password-result', code: 5 }],
    [
      '[1:root:a]fam_auth_proc_resp:1411 fnbam_auth_update_result return: 8 (next token code required)',
      { kind: 'token-result', code: 8, text: 'next token code required' },
    ],
    [
      '[1:root:0]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = 80',
      { kind: 'vpn-wait', tokenType: 1, seconds: 80 },
    ],
    [
      '[1:root:0]famStateInit:2249 ctx->token_type = 1, timeout = 60',
      { kind: 'token-wait', tokenType: 1, seconds: 60 },
    ],
    [
      "[1:root:a]user 'ana' uses 2FA: ctx->peer_two_factor = 0, ctx->peer_name.peername = 0, ctx->is_two_factor = 1  >>> a remark",
      { kind: 'second-factor', user: 'ana', used: true },
    ],
    ['[1:root:a]two factor check for ana: off', { kind: 'second-factor-check', user: 'ana' }],
    ['[1:root:a]Receive Manually input token result. Push: 0', { kind: 'token-source', push: false }],
    ['[1:root:a]Auth successful for user ana', { kind: 'granted', user: 'ana' }],
    ['[1:root:a]Auth successful for user ana m  >>> she is in', { kind: 'granted', user: 'ana m' }],
    ['[1:root:a]fam_do_cb:730 fnbamd return auth success.', { kind: 'granted' }],
    [
      '[1:root:a]Add auth logon for user ana@heron.example:vpn-staff, matched group number 1',
      { kind: 'granted', user: 'ana@heron.example' },
    ],
    [
      '[1:root:a]login_failed:393 user[ana],auth_type=1 failed [sslvpn_login_unknown_user]',
      { kind: 'login-failed', user: 'ana', why: 'sslvpn_login_unknown_user' },
    ],
    [
      '[1:root:0]dump_one_blocklist:94 status=1;host=203.0.113.92;fails=1;logintime=1670247625',
      { kind: 'blocklist', host: '203.0.113.92', fails: 1, status: 1 },
    ],
    ['[1:root:a]rmt_web_access_check:777 access failed, uri=[/remote/logincheck],ret=4103,', undefined],
    ['[1:root:a]rmt_web_auth_info_parser_common:506 no session id in auth info', undefined],
    [
      '[1906] handle_req-Rcvd auth req 15 for log in in  opt=00200400 prot=11',
      { kind: 'auth-request', request: '15', user: 'log in' },
    ],
    [
      '[1906] handle_req-Rcvd auth req 15 for ana in corp opt=00200400 prot=11',
      { kind: 'auth-request', request: '15', user: 'ana' },
    ],
    [
      '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 15, len=3271',
      { kind: 'auth-result', code: 1, request: '15' },
    ],
    [
      '[1943] handle_req-Rcvd auth req 15 for ana in Remote VPN Users opt=00000500 prot=10',
      { kind: 'auth-request', request: '15', user: 'ana' },
    ],
    [
      '[180] fnbamd_comm_send_result-Sending result 1 (error 0) for req 15',
      { kind: 'auth-result', code: 1, request: '15' },
    ],
    [
      '[2487] handle_req-Rcvd auth_cert req id=15, len=1128, opt=0',
      { kind: 'certificate-request', request: '15' },
    ],
    ['[2839] fnbamd_ldap_result-Failed group matching', { kind: 'group-mismatch' }],
    ['[909] update_auth_token_session-config does not require 2fa', { kind: 'second-factor-not-required' }],
    ['[2051] handle_req-Push msg was already sent', { kind: 'push-already-sent' }],
    ['[2042] handle_req-Rcvd ftm2_auth_withid req 15', { kind: 'push-question', request: '15' }],
    [
      '[2194] handle_req-Token drifted, asking for the next token req 15, len=2596',
      { kind: 'token-drifted', request: '15' },
    ],
    ['[2276] handle_req-Rcvd token sync req for 15', { kind: 'token-sync', request: '15' }],
    [
      'Connecting to server address: 203.0.113.42, port nubmer: 443 oif: 0',
      { kind: 'push-connecting', address: '203.0.113.42', port: 443 },
    ],
    ['SSL: (where=0x10 ret=0x1)', { kind: 'tls-start' }],
    ['SSL: (where=0x20 ret=0x1)', { kind: 'tls-done' }],
    [
      'SSL: (where=0x4004 ret=0x22e)',
      { kind: 'tls-alert', alert: { level: 'fatal', code: 46, name: 'certificate_unknown', sent: false } },
    ],
    [
      'SSL: SSL_connect:SSLv3/TLS write client hello',
      { kind: 'tls-step', side: 'connect', step: 'SSLv3/TLS write client hello' },
    ],
    ['fgt (global) # diag deb app ftm-push -1', { kind: 'debug-command', application: 'ftm-push', on: true }],
    ['fgt # diagnose debug reset', { kind: 'debug-command', application: 'all', on: false }],
    [
      '[2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.92',
      { kind: 'blocklist', host: '203.0.113.92' },
    ],
    ['Please wait 21 seconds to login again', { kind: 'code-reused', seconds: 21 }],
    ['no valid token found', { kind: 'no-valid-token' }],
    ['fgt # execute fortitoken-mobile import 0000-0000', { kind: 'token-command' }],
    [
      'pushd error -3: FTM server returned error',
      { kind: 'pushd-error', code: -3, text: 'FTM server returned error' },
    ],
    [
      '2025-11-24T09:12:01.761856+01:00 FAC pushd[1267]: Broker: Deliver push task to job queue. At position[1]',
      { kind: 'pushd-queued' },
    ],
    [
      '2025-11-24T09:12:02.467578+01:00 FAC pushd[1267]: Worker[139]: Sending push message[00ff] to User[ana]',
      { kind: 'pushd-sent', user: 'ana' },
    ],
    [
      'token does not belong to product',
      { kind: 'not-of-product', message: 'token does not belong to product' },
    ],
    ['He says the token does not belong to product. What now?', undefined],
    ['Command fail. Return code -7', { kind: 'return-code' }],
    [
      'ike V=root:0:DIAL:1180: FCT EAP 2FA extension vendor ID received',
      { kind: 'ike', vdom: 'root', tunnel: 'DIAL', serial: '1180', event: { what: 'forticlient', is: true } },
    ],
    [
      'ike 0:DIAL:7: EAP user "ana"',
      { kind: 'ike', tunnel: 'DIAL', serial: '7', event: { what: 'user', user: 'ana' } },
    ],
    [
      "ike V=branch:1:DIAL: user 'ana' authenticated group 'vpn-users' 5",
      { kind: 'ike', vdom: 'branch', tunnel: 'DIAL', event: { what: 'accepted', user: 'ana' } },
    ],
    [
      'ike V=root:0:DIAL_0:33: XAUTH user "ana"',
      {
        kind: 'ike',
        vdom: 'root',
        tunnel: 'DIAL_0',
        serial: '33',
        event: { what: 'user', user: 'ana', xauth: true },
      },
    ],
    [
      'ike 0:DIAL_0: XAUTH succeeded for user "ana" group "vpn"',
      { kind: 'ike', tunnel: 'DIAL_0', event: { what: 'accepted', user: 'ana' } },
    ],
    [
      'ike 0:DIAL:7: EAP 15 pending',
      { kind: 'ike', tunnel: 'DIAL', serial: '7', event: { what: 'asked', request: '15' } },
    ],
    [
      'ike 0:DIAL:7 EAP 15 result FNBAM_SUCCESS',
      { kind: 'ike', tunnel: 'DIAL', serial: '7', event: { what: 'accepted', request: '15' } },
    ],
    ['ike 0:DIAL:7 EAP 15 result FNBAM_PENDING', undefined],
    [
      'ike 0:DIAL:7: negotiation timeout, deleting',
      { kind: 'ike', tunnel: 'DIAL', serial: '7', event: { what: 'gave-up' } },
    ],
    ['ike 0: comes 203.0.113.9:500->198.51.100.1:500,ifindex=5', undefined],
    ['Sep 3 something else entirely', undefined],
  ])('%s', (line, event) => {
    expect(eventIn(line)).toEqual(event);
  });

  it.each([
    ['FGT-FGVM000000000001-root', 'root'],
    ['FGT-<serial#1>-branch-2', 'branch-2'],
  ])('reads the VDOM of sender %s', (sender, vdom) => {
    const line = `{"sender":"${sender}","registration_id":"<registration-id#1>","app":"FTM","platform":"ios","message":"{ \\"sn\\": \\"FTKMOB0000000001\\", \\"hm`;
    expect(eventIn(line)).toEqual({
      kind: 'push-body',
      first: true,
      vdom,
      platform: 'ios',
      tokenSerial: 'FTKMOB0000000001',
    });
  });

  it('a wrapped body goes on in a line without any mark', () => {
    expect(eventIn('\\/duDs=\\", \\"sn\\": \\"FTKMOB0000000001\\", \\"hmac')).toEqual({
      kind: 'push-body',
      first: false,
      tokenSerial: 'FTKMOB0000000001',
    });
  });

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary-ascii' })), (lines) => {
        for (const record of readRecords(lines)) readDebugEvent(record);
      }),
    );
  });
});

describe('decodeAlert', () => {
  it.each([
    [0x22a, 'fatal', 'bad_certificate'],
    [0x22d, 'fatal', 'certificate_expired'],
    [0x230, 'fatal', 'unknown_ca'],
    [0x228, 'fatal', 'handshake_failure'],
    [0x246, 'fatal', 'protocol_version'],
    [0x100, 'warning', 'close_notify'],
    [0x2fe, 'fatal', 'alert 254'],
  ])('%i is %s %s', (ret, level, name) => {
    expect(decodeAlert(ret)).toMatchObject({ level, name });
  });
});
