import { describe, expect, it } from 'vitest';
import { isDebugMark } from '../../../../src/engine/evidence/debug-lines.ts';
import { readDebugEvent } from '../../../../src/engine/fortios/debug/debug-event.ts';
import { noiseDaemon } from '../../../../src/engine/fortios/debug/noise.ts';
import { readRecords } from '../../../../src/engine/fortios/debug/read-records.ts';
import {
  type Login,
  loginFailed,
  manualCode,
  passwordAnswer,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
} from '../../../fixtures/logs/login-lines.ts';
import { twoUsersLog } from '../../../fixtures/logs/two-users.ts';
import { HARMLESS } from '../../redact/harmless-lines.ts';

const ANA: Login = { user: 'ana', pid: 5784, sid: 'd9' };

const SAYING = [
  ...successfulLogin(ANA, 3),
  ...successfulFnbamd(ANA, 3),
  ...loginFailed(ANA, 'sslvpn_login_unknown_user'),
  ...manualCode(ANA, 1),
  ...tokenAnswer(ANA, 8, 'next token code required'),
  ...passwordAnswer(ANA, 1),
  ...twoUsersLog(),
  ...HARMLESS,
  '[5784:root:d9]fam_auth_send_req:1007 task finished with 5',
  '[2811:root:0]dump_one_blocklist:94 status=1;host=203.0.113.92;fails=1;logintime=1670247625',
  '[2811:root:4d]fsv_blocklist_check:65 locked: rowid=1,host=203.0.113.92',
  '[909] update_auth_token_session-config does not require 2fa',
  '[2839] fnbamd_ldap_result-Failed group matching',
  '[2194] handle_req-Token drifted, asking for the next token req 15, len=2596',
  '[2276] handle_req-Rcvd token sync req for 15',
  '[100] handle_req-req id: 15',
  `[1427] fnbamd_radius_auth_send-Sent radius req to server 'FAC': fd=12, IP=192.0.2.40 code=1 id=135 len=122 user="ana" using PAP`,
  '[1626] fnbamd_radius_auth_validate_pkt-RADIUS resp code 11',
  'ike V=root:0:DIAL:1180: FCT EAP 2FA extension vendor ID received',
  'ike V=root:0:DIAL:1180: received FCT-UID = 0011',
  'ike V=root:0:DIAL:1180: responder preparing EAP identity request',
  'ike 0:DIAL:7: EAP user "ana"',
  'ike 0:DIAL:7: client is not FortiClient',
  'ike V=root:0:DIAL:33 EAP 9419086397485 result FNBAM_DENIED',
  'ike V=root:0:DIAL: EAP failed for user "ana"',
  'ike V=root:0:DIAL: EAP succeeded for user "ana" group "vpn-users"',
  'ike V=root:0:DIAL:33: EAP 9419086397485 pending',
  'ike V=root:0:DIAL_0:33: XAUTH user "ana"',
  'ike V=root:0:DIAL_0:33: XAUTH 15 pending',
  'ike V=root:0:DIAL_0:33: negotiation timeout, deleting',
  '[2487] handle_req-Rcvd auth_cert req id=15, len=1128, opt=0',
  '[1943] handle_req-Rcvd auth req 15 for ana in Remote VPN Users opt=00000500 prot=10',
  '[180] fnbamd_comm_send_result-Sending result 1 (error 0) for req 15',
  '2026-04-27 09:55:52 1777276552.884536: 2026-04-27 09:55:52 EAP-MSCHAPV2: Invalid NT-Response',
  "ike V=branch:1:DIAL: user 'ana' authenticated group 'vpn-users' 5",
];

describe('fillerOf', () => {
  it('holds no message that somebody reads', () => {
    for (const line of SAYING) {
      const says = [...readRecords([line])].some((record) => readDebugEvent(record) !== undefined);
      if (says) expect([line, noiseDaemon(line)]).toEqual([line, undefined]);
      if (noiseDaemon(line)) expect([line, isDebugMark(line)]).toEqual([line, true]);
    }
  });

  it.each([
    ['2025-11-24 09:12:03 [5784:root:a1]req: /remote/portal', 'sslvpn'],
    ['[5786:root:7c]tunnelEnter:502 0x7f55:0x7f56 keepalive', 'sslvpn'],
    ["2025-11-24 09:12:03 [378] radius_start-Didn't find radius servers (0)", 'fnbamd'],
    ['ike 0:DIAL:12: enc 0011AABB', 'ike'],
    ['ike V=root:0:DIAL:12: out 0011AABB', 'ike'],
    ['ike V=root:0:DIAL:12: mode-cfg could not allocate IPv6 address', undefined],
    ['[12:30:45] somebody wrote this', undefined],
    ['[5784:root:a1][fam_auth_send_req_internal:426] anything', 'sslvpn'],
    ['[5784:root:a1]one[5785:root:a2]two', undefined],
    ['[5784:root:a1]one[378] radius_start-two', undefined],
    ['config system global', undefined],
    [`[5784:root:a1]${'x'.repeat(66)}`, undefined],
    ['', undefined],
  ])('%s', (line, daemon) => {
    expect(noiseDaemon(line)).toBe(daemon);
  });

  it('most lines of a busy gateway are filler', () => {
    const lines = twoUsersLog(40);
    expect(lines.filter((line) => noiseDaemon(line)).length / lines.length).toBeGreaterThan(0.9);
  });
});
