// Lines of one login, as the debug of a FortiGate prints them.
export interface Login {
  readonly user: string;
  readonly pid?: number;
  readonly sid?: string;
  readonly vdom?: string;
}
const ts = (s: number) => {
  const d = new Date(Date.UTC(2026, 10, 26, 9, 12, 0) + s * 1000);
  return d.toISOString().slice(0, 19).replace('T', ' ');
};
export const stamp = ts;
export const prefix = (l: Login) => `[${l.pid ?? 2101}:${l.vdom ?? 'root'}:${l.sid ?? 'a7'}]`;
export const password = (l: Login, t: number): string[] => [
  `${ts(t)} ${prefix(l)}sslvpn_authenticate_user:191 authenticate user: [${l.user}]`,
  `${ts(t)} ${prefix(l)}sslvpn_authenticate_user:205 create fam state`,
  `${ts(t)} ${prefix(l)}fam_auth_send_req:883 found node ${l.user}:0:, valid:1`,
  `${ts(t)} ${prefix(l)}[fam_auth_send_req_internal:426] Groups sent to FNBAM:`,
  `${ts(t)} ${prefix(l)}group_desc[0].grpname = vpn-staff`,
  `${ts(t)} ${prefix(l)}[fam_auth_send_req_internal:438] FNBAM opt = 0X201400`,
];
export const connect = (t: number) => [
  `${ts(t)} Connecting to server address: 192.0.2.200, port nubmer: 443 oif: 0`,
];
export const needToken = (l: Login, t: number) => [
  `${ts(t)} ${prefix(l)}fam_auth_send_req_internal:514 fnbam_auth return: 7`,
];
export const twofa = (l: Login, t: number, wait = 80, token = 60) => [
  `${ts(t)} ${prefix(l)}rmt_logincheck_cb_handler:1356 user '${l.user}' has a matched local entry.`,
  `${ts(t)} ${prefix(l)}got checking id 1-35588b18`,
  `${ts(t)} ${prefix({ ...l, sid: '0' })}rmt_logincheck_cb_handler:1484 token_type = 1, time_out = ${wait}`,
  `${ts(t)} ${prefix(l)}two factor check for ${l.user}: off`,
  `${ts(t)} ${prefix(l)}sslvpn_authenticate_user:191 authenticate user: [${l.user}]`,
  `${ts(t)} ${prefix(l)}user '${l.user}' uses 2FA: ctx->peer_two_factor = 0, ctx->peer_name.peername = 0, ctx->is_two_factor = 1`,
  `${ts(t)} ${prefix({ ...l, sid: '0' })}famStateInit:2192 ctx->token_type = 1, timeout = ${token}`,
];
export const dumpPush = (t: number) => [
  `${ts(t)} Connection: keep-alive`,
  `${ts(t)} Accept-Encoding: gzip, deflate`,
  `${ts(t)} Accept: */*`,
  `${ts(t)} User-Agent: fortinet/c`,
  `${ts(t)} Content-Type: application/json`,
  `${ts(t)} Content-Length: 391`,
  '',
  `${ts(t)} {"sender":"FGT-FGT60FTK20001234-root","registration_id":"dQw4w9:APA91bMadeUpForThisTest0123456789abcdefghijklmnopqrstuvwxyz","app":"FTM","platform":"ios","message":"{ \\"ciphertext\\": \\"oMx1HdZuO7TfzjHLCW3atzuvSduDsKna\\", \\"sn\\": \\"FTKMOB7A11C0DE01\\", \\"hmac\\": \\"xfEr8ZycsGr2hguQd7aDas3NrKmkleYOELs9qGcJ\\", \\"iv\\": \\"TbBrOwMfxuQFhfCHvk0Aw==\\" }"}`,
];
const steps = (...s: string[]) => s.map((x) => `SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:${x}`).join('');
export const tlsGood = (t: number) => [
  `${ts(t)} SSL: (where=0x10 ret=0x1)${steps('before SSL initialization', 'SSLv3/TLS read client hello', 'SSLv3/TLS write server hello', 'SSLv3/TLS write certificate', 'SSLv3/TLS write certificate request', 'SSLv3/TLS write server done', 'SSLv3/TLS read client certificate', 'SSLv3/TLS read client key exchange', 'SSLv3/TLS read certificate verify', 'SSLv3/TLS read finished', 'SSLv3/TLS write finished')}SSL: (where=0x20 ret=0x1)SSL: (where=0x2002 ret=0x1)`,
];
export const tlsAlert = (t: number, code: string) => [
  `${ts(t)} SSL: (where=0x10 ret=0x1)${steps('before SSL initialization', 'SSLv3/TLS read client hello', 'SSLv3/TLS write server hello', 'SSLv3/TLS write certificate', 'SSLv3/TLS write server done')}SSL: (where=0x4004 ret=${code})SSL: (where=0x2002 ret=0xffffffff)`,
];
export const result = (l: Login, t: number, n = 0, text = 'success') => [
  `${ts(t)} ${prefix(l)}fam_auth_proc_resp:1360 fnbam_auth_update_result return: ${n} (${text})`,
];
export const inside = (l: Login, t: number) => [
  `${ts(t)} ${prefix(l)}Received: auth_rsp_data.grp_list[0] = 16777218`,
  `${ts(t)} ${prefix(l)}Auth successful for user ${l.user}`,
  `${ts(t)} ${prefix(l)}fam_do_cb:730 fnbamd return auth success.`,
];
/** A whole login that worked. */
export const good = (l: Login, t = 0) => [
  ...password(l, t),
  ...connect(t),
  ...needToken(l, t),
  ...twofa(l, t + 1),
  ...dumpPush(t + 1),
  ...tlsGood(t + 8),
  ...result(l, t + 8),
  ...inside(l, t + 9),
];
export const late = (l: Login, t = 0) => [
  ...password(l, t),
  ...connect(t),
  ...needToken(l, t),
  ...twofa(l, t + 1),
  ...dumpPush(t + 1),
  `${ts(t + 81)} ${prefix(l)}login_failed:393 user[${l.user}],auth_type=1 failed [sslvpn_login_timeout]`,
  ...tlsGood(t + 94),
];
export const unknownUser = (l: Login, t = 0) => [
  ...password(l, t),
  `${ts(t)} invalid auth params for user '${l.user}'`,
  `${ts(t)} ${prefix(l)}fam_auth_send_req_internal:514 fnbam_auth return: 5`,
  `${ts(t)} ${prefix(l)}fam_auth_send_req:1007 task finished with 5`,
  `${ts(t)} ${prefix(l)}login_failed:393 user[${l.user}],auth_type=1 failed [sslvpn_login_unknown_user]`,
];
export const DEBUG_ON = [
  'fgt-orchid-01 # diagnose debug console timestamp enable',
  '',
  'fgt-orchid-01 # diagnose debug application sslvpn -1',
  'Debug messages will be on for 30 minutes.',
  '',
  'fgt-orchid-01 # diagnose debug application ftm-push -1',
  'Debug messages will be on for 30 minutes.',
  '',
  'fgt-orchid-01 # diagnose debug application fnbamd -1',
  'Debug messages will be on for 30 minutes.',
  '',
  'fgt-orchid-01 # diagnose debug enable',
  '',
];
export const lines = (...parts: readonly (readonly string[])[]) => `${parts.flat().join('\n')}\n`;
