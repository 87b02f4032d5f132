// Logins in debug output.

import { base, block, part } from './configuration.ts';
import * as g from './login-log.ts';
import { debugLog, pasted, type Scenario } from './scenario.ts';
import { shell, status } from './terminal.ts';

const l = { user: 'pilar' };
const p = { user: 'pilar', sid: 'b2' };
const start = (t = 0, wait = 80, token = 60) => [
  ...g.password(l, t),
  ...g.connect(t),
  ...g.needToken(l, t),
  ...g.twofa(l, t + 1, wait, token),
];

const WREN = g.good({ user: 'wren', sid: 'e1', pid: 2201 });
const RAMON = g.unknownUser({ user: 'ramon', sid: 'e2', pid: 2202 });
const interleaved = (one: readonly string[], other: readonly string[]): string[] =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [
    one[at] ?? [],
    other[at] ?? [],
  ]).flat(2);

export const scenarios: readonly Scenario[] = [
  debugLog('a login that worked', [g.good(l)], { verdict: 'healthy', noFindings: true, users: ['pilar'] }),
  debugLog('a login that worked, asked about', [g.good(l)], { verdict: 'healthy' }, 'pilar'),
  debugLog('asked about someone who is not in the log', [g.good(l)], { notVerdict: 'healthy' }, 'ramon'),
  debugLog(
    'one in, one fails: not green',
    [g.good(l), g.unknownUser({ user: 'ramon', sid: 'c1', pid: 2102 }, 40)],
    { verdict: 'broken', finds: ['user-not-in-vpn-rule'] },
  ),
  debugLog(
    'one in, one fails, asked about the one',
    [g.good(l), g.unknownUser({ user: 'ramon', sid: 'c1', pid: 2102 }, 40)],
    { verdict: 'healthy' },
    'pilar',
  ),
  debugLog('failed, then got in', [g.late(l), g.good(p, 200)], { notVerdict: 'inconclusive' }),
  debugLog('RC49 unknown to the VPN rule', [g.unknownUser(l)], {
    verdict: 'broken',
    finds: ['user-not-in-vpn-rule'],
    hop: 'login',
  }),
  debugLog(
    'RC50 LDAP group mismatch',
    [
      [
        '[1909] handle_req-Rcvd auth req 1804900001 for pilar in  opt=00200421 prot=11',
        "[489] __compose_group_list_from_req-Group 'SG-VPN', type 1",
        "[1067] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'DC-oslo' for usergroup 'SG-VPN' (2)",
        '[2831] fnbamd_ldap_result-Result for ldap svr dc1.quillfen.example(DC-oslo) is SUCCESS',
        '[2839] fnbamd_ldap_result-Failed group matching',
        '[209] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 1804900001, len=3271',
      ],
    ],
    { verdict: 'broken', finds: ['ldap-group-mismatch'], hop: 'authorisation' },
  ),
  debugLog(
    'RC50 password refused',
    [
      [
        ...g.password(l, 0),
        `${g.stamp(0)} ${g.prefix(l)}fam_auth_send_req_internal:514 fnbam_auth return: 1`,
        `${g.stamp(0)} ${g.prefix(l)}login_failed:393 user[pilar],auth_type=1 failed [sslvpn_login_permission_denied]`,
      ],
    ],
    { verdict: 'broken', finds: ['password-rejected'], hop: 'login' },
  ),
  debugLog(
    'RC46 no second factor required',
    [
      [
        '2026-11-26 01:46:54 [1909] handle_req-Rcvd auth req 136324132 for pilar in  opt=00200421 prot=11',
        '2026-11-26 01:46:54 [581] __group_match-Check if DC-oslo is a group member',
        "2026-11-26 01:46:54 [587] __group_match-Group 'ldap-all' passed group matching",
        '2026-11-26 01:46:54 [2561] fnbamd_ldap_result-Passed group matching',
        '2026-11-26 01:46:54 [909] update_auth_token_session-config does not require 2fa',
        '2026-11-26 01:46:54 [239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 136324132, len=2600',
      ],
    ],
    {
      verdict: 'broken',
      finds: [['remote-group-bypasses-2fa', 'username-case-bypasses-2fa', 'two-factor-not-assigned']],
      hop: 'second-factor',
    },
  ),
  debugLog(
    'RC26 nothing after the connection to the proxy',
    [
      start(),
      [`${g.stamp(82)} ${g.prefix(l)}login_failed:393 user[pilar],auth_type=1 failed [sslvpn_login_timeout]`],
    ],
    { verdict: 'broken', finds: [['push-proxy-unreachable', 'push-tls-inspected']], hop: 'push-request' },
  ),
  debugLog(
    'leg C: the code is asked for, ftm-push is silent',
    [
      g.password(l, 0),
      g.needToken(l, 0),
      g.twofa(l, 1),
      [`${g.stamp(82)} ${g.prefix(l)}login_failed:393 user[pilar],auth_type=1 failed [sslvpn_login_timeout]`],
    ],
    { notVerdict: 'healthy', hop: ['push-service', 'push-request'] },
  ),
  debugLog(
    'RC41/42 push sent, nothing came back',
    [
      start(),
      g.dumpPush(1),
      [`${g.stamp(82)} ${g.prefix(l)}login_failed:393 user[pilar],auth_type=1 failed [sslvpn_login_timeout]`],
    ],
    {
      notVerdict: 'healthy',
      not: ['push-disabled', 'push-proxy-unreachable', 'push-dns-failure'],
      hop: ['notification', 'callback'],
    },
  ),
  ...(
    [
      ['bad certificate', '0x22a'],
      ['expired', '0x22d'],
      ['unknown certificate', '0x22e'],
      ['unknown CA', '0x230'],
    ] as const
  ).map(([n, c]) =>
    debugLog(`RC06 the phone's alert: ${n}`, [start(), g.dumpPush(1), g.tlsAlert(9, c)], {
      verdict: 'broken',
      finds: [['push-cert-untrusted', 'push-cert-missing']],
      hop: 'tls',
    }),
  ),
  debugLog(
    'close notify is no certificate fault',
    [start(), g.dumpPush(1), g.tlsGood(8), ['SSL: (where=0x4004 ret=0x100)'], g.result(l, 8), g.inside(l, 9)],
    { verdict: 'healthy', not: ['push-cert-untrusted'] },
  ),
  debugLog('RC53 approved after the VPN gave up', [g.late(l)], {
    verdict: 'broken',
    finds: [['vpn-wait-too-short', 'token-expiry-too-short']],
    hop: 'approval',
  }),
  debugLog(
    'RC54 approved after the token expired, VPN waits on',
    [
      start(0, 330, 60),
      g.dumpPush(1),
      g.tlsGood(75),
      [`${g.stamp(76)} ${g.prefix(l)}fam_auth_proc_resp:1360 fnbam_auth_update_result return: 5 (error)`],
    ],
    { verdict: 'broken', finds: ['token-expiry-too-short'], not: ['vpn-wait-too-short'], hop: 'approval' },
  ),
  debugLog('RC64 denied on the phone', [start(), g.dumpPush(1), g.tlsGood(6), g.result(l, 6, 1, 'denied')], {
    verdict: 'broken',
    finds: ['push-denied-by-user'],
    hop: 'approval',
  }),
  debugLog(
    'RC44 drift',
    [
      start(),
      [
        `${g.stamp(20)} [2194] handle_req-Token drifted, asking for the next token req 4131800000001, len=2596`,
        `${g.stamp(20)} ${g.prefix(l)}fam_auth_proc_resp:1411 fnbam_auth_update_result return: 8 (next token code required)`,
        `${g.stamp(20)} ${g.prefix(l)}Receive Manually input token result. Push: 0`,
        `${g.stamp(40)} [2276] handle_req-Rcvd token sync req for 4131800000001`,
      ],
    ],
    { verdict: 'broken', finds: ['token-clock-drift'] },
  ),
  debugLog(
    'FAC: pushd error -3',
    [
      [
        '2026-11-26T13:48:27.753136+02:00 FAC pushd[1267]: Broker: Deliver push task to job queue. At position[1]',
        '2026-11-26T13:48:29.467578+02:00 FAC pushd[1267]: Worker[139952154470000]: pushd error -3: FTM server returned error',
      ],
    ],
    { verdict: 'broken', finds: ['push-tls-inspected'] },
  ),
  {
    id: 'RC16 the phone of a login calls 4433, the FortiGate listens on 4434',
    files: [
      {
        name: 'session.txt',
        text: shell(
          'fgt-orchid-01',
          ['get system status', status()],
          ['show system ftm-push', block('system ftm-push', [...base.ftm, 'set server-port 4434'])],
          ['show system interface', part('interface')],
        ),
      },
      {
        name: 'debug.log',
        text: g.lines(
          g.DEBUG_ON,
          g.password(l, 0),
          g.connect(0),
          g.needToken(l, 0),
          g.twofa(l, 1),
          g.dumpPush(1),
          [
            '2026-11-26 09:12:09.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: syn 2870211',
            '2026-11-26 09:12:10.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: syn 2870211',
            `${g.stamp(82)} ${g.prefix(l)}login_failed:393 user[pilar],auth_type=1 failed [sslvpn_login_timeout]`,
          ],
        ),
      },
    ],
    expect: { verdict: 'broken', finds: ['push-port-mismatch'] },
  },
  pasted(
    'whole failing debug is not asked for again',
    g.lines(g.DEBUG_ON, g.password(l, 0), g.connect(0), g.needToken(l, 0), g.twofa(l, 1), g.dumpPush(1), [
      `${g.stamp(82)} ${g.prefix(l)}login_failed:393 user[pilar],auth_type=1 failed [sslvpn_login_timeout]`,
    ]),
    { saysNot: /diagnose debug application sslvpn -1/, notVerdict: 'healthy' },
  ),
  pasted(
    'two users interleaved',
    g.lines(g.DEBUG_ON, interleaved(WREN.slice(0, 15), RAMON), WREN.slice(15)),
    { verdict: 'broken', finds: ['user-not-in-vpn-rule'], users: ['ramon', 'wren'] },
  ),
  pasted('late approval on 7.4.8 with expiry 60', g.lines(g.DEBUG_ON, g.late(l)), {
    verdict: 'broken',
    hop: 'approval',
  }),
  pasted(
    'IKE log of an unknown kind',
    'ike 0:ra-vpn:77: responder received EAP msg\nike 0:ra-vpn:77: send EAP message to FNBAM\nike 0:ra-vpn:77: EAP 1234 pending\n',
    { notVerdict: 'healthy', noFindings: true },
  ),
];
