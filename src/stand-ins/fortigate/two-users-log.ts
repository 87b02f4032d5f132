/**
 * Debug output of two overlapping logins as a person would paste it: wren approves in time, marlow after the VPN's
 * timeout. Written from the grammar. The push to marlow's phone arrives when the phone has a network again.
 */
export const TWO_USERS_LOG = [
  'fgt-branch-07 # diagnose debug console timestamp enable',
  'fgt-branch-07 # diagnose debug application sslvpn -1',
  'fgt-branch-07 # diagnose debug application fnbamd -1',
  'fgt-branch-07 # diagnose debug application ftm-push -1',
  'fgt-branch-07 # diagnose debug enable',
  ...loginRequest('09:12:04', 'marlow', '1a'),
  ...pushRequest('09:12:05', 'android', 'FTKMOB11AA22BB33', 'example-registration-0001'),
  ...loginRequest('09:12:20', 'wren', '1b'),
  ...pushRequest('09:12:21', 'ios', 'FTKMOB44CC55DD66', 'example-registration-0002'),
  ...loginReply('09:12:29'),
  at('09:12:29', '[2210:root:1b]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 0 (success)'),
  at('09:12:29', '[2210:root:1b]Auth successful for user wren'),
  at('09:12:29', '[2210:root:1b]fam_do_cb:730 fnbamd return auth success.'),
  at(
    '09:13:24',
    '[2210:root:1a]login_failed:405 user[marlow],auth_type=16 failed [sslvpn_login_unknown_user]',
  ),
  ...loginReply('09:13:38'),
].join('\n');

function loginRequest(time: string, user: string, session: string): readonly string[] {
  const own = `[2210:root:${session}]`;
  return [
    `${own}sslvpn_authenticate_user:192 authenticate user: [${user}]`,
    `${own}sslvpn_authenticate_user:206 create fam state`,
    `${own}fam_auth_send_req:883 found node ${user}:0:, valid:1`,
    `${own}[fam_auth_send_req_internal:426] Groups sent to FNBAM:`,
    `${own}group_desc[0].grpname = vpn-users`,
    'Connecting to server address: 203.0.113.40, port nubmer: 443 oif: 0',
    `${own}fam_auth_send_req_internal:514 fnbam_auth return: 7`,
    `${own}rmt_logincheck_cb_handler:1356 user '${user}' has a matched local entry.`,
    '[2210:root:0]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = 80',
    `${own}two factor check for ${user}: off`,
    `${own}user '${user}' uses 2FA: ctx->peer_two_factor = 0, ctx->peer_name.peername = 0, ctx->is_two_factor = 1`,
    '[2210:root:0]famStateInit:2192 ctx->token_type = 1, timeout = 60',
  ].map((line) => at(time, line));
}

function pushRequest(
  time: string,
  platform: string,
  serial: string,
  registration: string,
): readonly string[] {
  const message = JSON.stringify({ ciphertext: 'AAAA', sn: serial, hmac: 'BBBB', iv: 'CCCC' });
  const body = {
    sender: 'FGT-FGT60F0000000001-root',
    registration_id: registration,
    app: 'FTM',
    platform,
    message,
  };
  return [
    at(time, 'User-Agent: fortinet/c'),
    at(time, 'Content-Type: application/json'),
    at(time, 'Content-Length: 210'),
    '',
    at(time, JSON.stringify(body)),
  ];
}

function loginReply(time: string): readonly string[] {
  const steps = ['before SSL initialization', 'SSLv3/TLS read client hello', 'SSLv3/TLS write certificate'];
  const handshake = [...steps, 'SSLv3/TLS read finished', 'SSLv3/TLS write finished']
    .map((step) => `SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:${step}`)
    .join('');
  return [
    at(time, `SSL: (where=0x10 ret=0x1)${handshake}SSL: (where=0x20 ret=0x1)SSL: (where=0x2002 ret=0x1)`),
  ];
}

function at(time: string, line: string): string {
  return `2026-03-02 ${time} ${line}`;
}
