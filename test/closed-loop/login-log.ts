import { atLeast } from '../../src/engine/fortios/version.ts';
import type { DeviceView } from './scenario.ts';

/** How a simulated user's login went, as the debug of sslvpn and ftm-push tells it. */
export interface LoginStory {
  readonly user?: string;
  /** Seconds the VPN and the token wait. */
  readonly vpnWait: number;
  readonly tokenWait: number;
  /** Where the push connection goes. */
  readonly pushServer?: string;
  /** False: the connection to the push server begins and nothing follows. */
  readonly pushSent?: boolean;
  /** Seconds from the question to the phone's answer; none when the phone never answers. */
  readonly answered?: number;
  /** TLS alert the phone sends instead of finishing, as the info callback prints it. */
  readonly alert?: string;
}

const ASKED = Date.UTC(2026, 2, 2, 9, 12, 6);
const FINISHED =
  'SSL: (where=0x10 ret=0x1)SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:before SSL initializationSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS read client helloSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write certificateSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS read client certificateSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write finishedSSL: (where=0x20 ret=0x1)SSL: (where=0x2002 ret=0x1)';

/** Timestamped lines, as the debug of a FortiGate prints them. */
export function loginLog(story: LoginStory): string {
  const { user = 'marlow', vpnWait, tokenWait, answered, alert, pushSent = true } = story;
  const line = (seconds: number, text: string) =>
    `${new Date(ASKED + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} ${text}`;
  const sslvpn = (seconds: number, text: string) => line(seconds, `[2210:root:1a]${text}`);
  const patience = Math.min(vpnWait, tokenWait);
  const approved = pushSent && alert === undefined && answered !== undefined && answered <= patience;
  const end = approved ? answered : vpnWait + 1;
  const after: readonly (readonly [number, string])[] = [
    ...(pushSent
      ? ([
          [1, line(1, 'User-Agent: fortinet/c')],
          [1, line(1, 'Content-Type: application/json')],
          [1, line(1, 'Content-Length: 210')],
          [1, ''],
          [
            1,
            line(
              1,
              '{"sender":"FGT-FGT60F0000000001-root","registration_id":"example-registration-0001","app":"FTM","platform":"ios","message":"{ \\"ciphertext\\": \\"AAAA\\", \\"sn\\": \\"FTKMOB11AA22BB33\\", \\"hmac\\": \\"BBBB\\", \\"iv\\": \\"CCCC\\" }"}',
            ),
          ],
        ] as const)
      : []),
    ...(alert === undefined
      ? []
      : ([
          [
            7,
            line(
              7,
              `SSL: (where=0x10 ret=0x1)SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:before SSL initializationSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS read client helloSSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write certificateSSL: (where=0x4004 ret=${alert})SSL: (where=0x2002 ret=0xffffffff)`,
            ),
          ],
        ] as const)),
    ...(answered === undefined || !pushSent ? [] : ([[answered, line(answered, FINISHED)]] as const)),
    ...(approved
      ? ([
          [end, sslvpn(end, 'fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)')],
          [end, sslvpn(end, `Auth successful for user ${user}`)],
          [end, sslvpn(end, 'fam_do_cb:730 fnbamd return auth success.')],
        ] as const)
      : ([[end, sslvpn(end, 'sslvpn_update_user_group_session:210 nothing to do')]] as const)),
  ];
  return [
    sslvpn(-2, `sslvpn_authenticate_user:192 authenticate user: [${user}]`),
    sslvpn(-2, 'sslvpn_authenticate_user:206 create fam state'),
    sslvpn(-2, `fam_auth_send_req:883 found node ${user}:0:, valid:1`),
    line(0, `Connecting to server address: ${story.pushServer ?? '203.0.113.40'}, port nubmer: 443 oif: 0`),
    sslvpn(0, 'fam_auth_send_req_internal:514 fnbam_auth return: 7'),
    sslvpn(0, `rmt_logincheck_cb_handler:1356 user '${user}' has a matched local entry.`),
    line(0, `[2210:root:0]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = ${vpnWait}`),
    sslvpn(0, `two factor check for ${user}: off`),
    sslvpn(
      0,
      `user '${user}' uses 2FA: ctx->peer_two_factor = 0, ctx->peer_name.peername = 0, ctx->is_two_factor = 1`,
    ),
    line(0, `[2210:root:0]famStateInit:2192 ctx->token_type = 1, timeout = ${tokenWait}`),
    // Stable: lines of one second stay in the order they were written in.
    ...after.toSorted(([a], [b]) => a - b).map(([, text]) => text),
  ].join('\n');
}

/** A user who takes 94 s, on a device that waits as its settings say. */
export function slowLogin(device: DeviceView): string {
  const remote = Number(device.value('system global', 'remoteauthtimeout', '5'));
  const tokenWait = Number(device.value('system global', 'two-factor-ftk-expiry', '60'));
  const plain = 10 * remote + 30;
  const vpnWait = atLeast(device.version, '7.4.1') ? Math.max(plain, tokenWait) : plain;
  return loginLog({ vpnWait, tokenWait, answered: 94 });
}
