import * as fc from 'fast-check';

/** One way a secret stands in a text; `{}` is the secret, `{1}` and `{2}` its halves where a line was wrapped inside it. */
export interface Planting {
  readonly name: string;
  readonly secret: fc.Arbitrary<string>;
  readonly plant: (secret: string) => readonly string[];
}

const from = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const BASE64 = `${LOWER}${UPPER}${DIGITS}+/`;

const base64 = from(BASE64, 24, 64).map((text) => `${text.slice(0, 20)}Q9${text.slice(20)}`);
/** What people choose; blanks and quotes have cases of their own. */
const chosen = from(`${LOWER}${UPPER}${DIGITS}!$%*+-.:/?_~^`, 9, 40).map((text) => `q${text}7`);
const word = from(`${LOWER}${UPPER}${DIGITS}_-`, 16, 40).map((text) => `x${text}7`);
const hex = from('0123456789abcdef', 32, 32);
const bytes = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((all) => Array.from(all, (byte) => byte.toString(16).padStart(2, '0')).join(' '));
const serial = from(`${UPPER}${DIGITS}`, 9, 9).map((tail) => `FGT60F${tail}7`);

const set =
  (name: string, config = 'user local') =>
  (secret: string) => [
    `config ${config}`,
    '    edit "x"',
    `        set ${name} ${secret}`,
    '    next',
    'end',
  ];

const wrapAt = (text: string, columns: number): readonly string[] =>
  text.length <= columns ? [text] : [text.slice(0, columns), ...wrapAt(text.slice(columns), columns)];

const asPem = (label: string) => (secret: string) => [
  `        set private-key "-----BEGIN ${label}-----`,
  ...wrapAt(secret, 64),
  `-----END ${label}-----"`,
  '    next',
];

const PLAIN_NAMES = [
  'password',
  'passwd',
  'psksecret',
  'ppk-secret',
  'secret',
  'key',
  'secondary-key',
  'auth-pwd',
  'priv-pwd',
  'md5-key 1',
  'key-string',
  'passphrase',
  'sae-password',
  'token',
  'api-key',
  'ddns-password',
  'ddns-key',
  'seed',
  'activation-code',
  'reg-id',
];

export const PLANTINGS: readonly Planting[] = [
  ...PLAIN_NAMES.flatMap((name): Planting[] => [
    { name: `set ${name}, bare`, secret: chosen, plant: set(name) },
    { name: `set ${name}, quoted`, secret: chosen, plant: (s) => set(name)(`"${s}"`) },
    { name: `set ${name}, ENC`, secret: base64, plant: (s) => set(name)(`ENC ${s}==`) },
    { name: `set ${name}, ENC, CRLF`, secret: base64, plant: (s) => set(name)(`ENC ${s}\r`) },
    {
      name: `${name} in get output`,
      secret: chosen,
      plant: (s) => [`${name.split(' ')[0]}            : ${s} `],
    },
  ]),
  { name: 'ENC in quotes', secret: base64, plant: (s) => set('password')(`ENC "${s}="`) },
  { name: 'quoted whole', secret: base64, plant: (s) => set('password')(`"ENC ${s}="`) },
  { name: 'ENC in smart quotes', secret: base64, plant: (s) => set('password')(`ENC “${s}=”`) },
  { name: 'ENC under an unknown name', secret: base64, plant: (s) => set('something-new')(`ENC ${s}`) },
  { name: 'ENC in get output', secret: base64, plant: (s) => [`whatever  : ENC ${s}`] },
  { name: 'ENC SH2', secret: base64.map((s) => `SH2${s}${s}`), plant: (s) => set('password')(`ENC ${s}`) },
  {
    name: 'SH2 alone',
    secret: base64.map((s) => `SH2${s}${s}`),
    plant: (s) => [`password hash is ${s}= here`],
  },
  { name: 'ENC in JSON', secret: base64, plant: (s) => [`{"name":"admin","password":"ENC ${s}"}`] },
  { name: 'two quoted pieces', secret: chosen, plant: (s) => set('passphrase')(`"one" "${s}"`) },
  { name: 'blank inside', secret: chosen.map((s) => `two ${s}`), plant: (s) => set('psksecret')(`"${s}"`) },
  { name: 'escaped quote', secret: chosen, plant: (s) => set('psksecret')(`"a\\"b${s}"`) },
  { name: 'SNMP community', secret: chosen, plant: set('name', 'system snmp community') },
  { name: 'at a prompt', secret: chosen, plant: (s) => [`fgt-1 (admin) # set password ${s}`] },
  { name: 'in a diff', secret: chosen, plant: (s) => [`+        set psksecret ${s}`] },
  { name: 'in a Slack quote', secret: chosen, plant: (s) => [`&gt; set psksecret ${s}`] },
  {
    name: 'line ends lost',
    secret: chosen,
    plant: (s) => [`config user local edit "x" set passwd ${s} next end`],
  },
  {
    name: 'wrapped at 80 columns',
    secret: base64.map((s) => `${s}${s}${s}`),
    plant: (s) => [...wrapAt(`        set password ENC ${s}`, 80), '    next'],
  },
  {
    name: 'wrapped at 80 columns, quoted',
    secret: base64.map((s) => `${s}${s}${s}`),
    plant: (s) => [...wrapAt(`        set psksecret "${s}"`, 80), '    next'],
  },
  {
    name: 'value on the next line',
    secret: base64,
    plant: (s) => ['        set password ENC', s, '    next'],
  },
  ...['RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PRIVATE KEY', 'OPENSSH PRIVATE KEY'].map(
    (label): Planting => ({ name: label, secret: base64.map((s) => s.repeat(4)), plant: asPem(label) }),
  ),
  {
    name: 'PEM in one JSON string',
    secret: base64,
    plant: (s) => [`"private_key": "-----BEGIN PRIVATE KEY-----\\n${s}\\n-----END PRIVATE KEY-----\\n"`],
  },
  {
    name: 'PEM in a Slack quote',
    secret: base64.map((s) => s.repeat(3)),
    plant: (s) => asPem('PRIVATE KEY')(s).map((line) => `&gt; ${line}`),
  },
  {
    name: 'PEM without its end',
    secret: base64.map((s) => s.repeat(3)),
    plant: (s) => [...asPem('PRIVATE KEY')(s).slice(0, -2), '    next', 'end'],
  },
  {
    name: 'key without its head',
    secret: base64.map((s) => `${s}${s}${s}`.slice(0, 64)),
    plant: (s) => [s],
  },
  {
    name: 'push request',
    secret: word,
    plant: (s) => [`{"sender":"FGT-x-root","registration_id":"${s}","app":"FTM"}`],
  },
  {
    name: 'push request, nested',
    secret: base64,
    plant: (s) => [
      `"message":"{ \\"ciphertext\\": \\"${s.replaceAll('/', '\\/')}\\", \\"sn\\": \\"FTKMOB1A2B3C4D5E\\" }"}`,
    ],
  },
  { name: 'hmac', secret: base64, plant: (s) => [`{ "hmac": "${s}", "iv" : "AA==" }`] },
  { name: 'iv', secret: base64, plant: (s) => [`{ \\"iv\\": \\"${s}\\" }`] },
  {
    name: 'push request wrapped',
    secret: word.map((s) => `${s}:APA91b${s}${s}${s}`),
    plant: (s) => wrapAt(`{"sender":"FGT-x-root","registration_id":"${s}","app":"FTM","platform":"ios"}`, 80),
  },
  {
    name: 'activation code',
    secret: word,
    plant: (s) => [`{"token":"FTKMOB1A2B3C4D5E","token_activation_code":"${s}"}`],
  },
  { name: 'qr code', secret: word, plant: (s) => [`"qr_code": "${s}",`] },
  { name: 'posted form', secret: word, plant: (s) => [`ajax=1&username=wren&credential=${s}&realm=`] },
  {
    name: 'posted form, new password',
    secret: word,
    plant: (s) => [`ajax=1&username=wren&realm=&credential2=${s}&reqid=0`],
  },
  {
    name: 'posted form, mangled',
    secret: word,
    plant: (s) => [`username=wren&amp;password=${s}&amp;realm=`],
  },
  { name: 'challenge', secret: word, plant: (s) => [`ret=2,reqid=1,grp=VPN,magic=${s},tokeninfo=ftm_push`] },
  { name: 'query', secret: word, plant: (s) => [`GET /api/v2/x?access_token=${s} HTTP/1.1`] },
  { name: 'query in a Slack link', secret: word, plant: (s) => [`<https://fw.example.com/?key=${s}>`] },
  { name: 'user info', secret: word, plant: (s) => [`set url "https://wren:${s}@files.example.com/x"`] },
  { name: 'basic authorization', secret: base64, plant: (s) => [`Authorization: Basic ${s}==`] },
  { name: 'bearer in curl', secret: word, plant: (s) => [`curl -H "Authorization: Bearer ${s}" https://x`] },
  { name: 'cookie', secret: word, plant: (s) => [`Cookie: a=b; SVPNCOOKIE=${s}`] },
  {
    name: 'set-cookie',
    secret: base64,
    plant: (s) => [`Set-Cookie: SVPNCOOKIE=${s}%0a; path=/; secure; httponly`],
  },
  { name: 'cookie in a debug line', secret: word, plant: (s) => [`[5784:root:d9]SVPNCOOKIE=${s}`] },
  { name: 'Slack token', secret: word.map((s) => `xoxb-${s}`), plant: (s) => [`using ${s} now`] },
  { name: 'AWS key', secret: fc.constant('AKIAABCDEFGHIJKLMNOP'), plant: (s) => [`id ${s}.`] },
  { name: 'PagerDuty routing key', secret: hex, plant: (s) => [`pagerduty routing key ${s}`] },
  { name: 'JWT', secret: word.map((s) => `eyJ${s}.${s}.${s}`), plant: (s) => [`token was ${s}`] },
  {
    name: 'radius test',
    secret: chosen,
    plant: (s) => [`fgt # diagnose test authserver radius R1 mschap2 wren ${s}`],
  },
  { name: 'radius test, short', secret: chosen, plant: (s) => [`diag test auth rad R1 pap wren ${s}`] },
  { name: 'ldap test', secret: chosen, plant: (s) => [`diagnose test authserver ldap DC01 wren ${s}`] },
  { name: 'ssh prompt', secret: chosen, plant: (s) => [`admin@192.0.2.1's password: ${s}`] },
  { name: 'login prompt', secret: chosen, plant: (s) => [`Password: ${s}`] },
  { name: 'tunnel key', secret: hex, plant: (s) => [`  dec: spi=f8a4b4d5 esp=aes key=16 ${s}`] },
  {
    name: 'packet in IKE debug, decrypted',
    secret: hex,
    plant: (s) => [`ike V=root:0:dialup_0:12: dec ${'0'.repeat(60)}${s.toUpperCase()}`],
  },
  {
    name: 'packet in IKE debug, before encryption',
    secret: hex,
    plant: (s) => [`2026-05-26 07:49:06 ike 0:dialup_0:12: enc ${s}${s}`, 'ike 0:dialup_0:12: sent'],
  },
  {
    name: 'packet in IKE debug, wrapped',
    secret: hex,
    plant: (s) => wrapAt(`ike 0:dialup_0:12: dec ${'0A'.repeat(50)}${s}`, 80),
  },
  {
    name: 'packet of eap_proxy',
    secret: bytes,
    plant: (s) => [`1637845189.979766: RADIUS SRV: Received data - hexdump(len=24): 01 00 00 9b ${s} 6d`],
  },
  {
    name: 'dump of eap_proxy',
    secret: bytes,
    plant: (s) => ['EAP-GTC: Response - hexdump_ascii(len=16):', `     ${s}   what it reads as`],
  },
  { name: 'status serial', secret: serial, plant: (s) => [`Serial-Number: ${s}`] },
  { name: 'sender serial', secret: serial, plant: (s) => [`{"sender":"FGT-${s}-root","app":"FTM"}`] },
  { name: 'devid', secret: serial, plant: (s) => [`date=2026-01-01 devid="${s}" vd="root"`] },
  {
    name: 'HA member',
    secret: serial,
    plant: (s) => [`Primary     : fw-a       , ${s}, HA cluster index = 1`],
  },
];

/** Lines that rules read and that hold nothing to hide. */
export const HARMLESS: readonly string[] = [
  'config system ftm-push',
  '    set server-cert "Fortinet_Factory"',
  '    set server "198.51.100.10"',
  '    set status enable',
  'end',
  '        set keylife 86400',
  '        set password-policy "strict"',
  '        set passwd-policy "strict"',
  '        set password auto-generate',
  '        set passwd-time 2024-01-01 00:00:00',
  '        set two-factor fortitoken',
  '        set fortitoken "FTKMOB1A2B3C4D5E"',
  '        set license "EFTM000000000001"',
  '        set ssh-public-key1 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbCdEf0123456789AbCdEf0123456789AbCdEf012"',
  '        set name "branch office"',
  '        set hostname "fgt-branch-07"',
  '        set email-to "wren@example.com"',
  '        set trusthost1 10.0.0.0 255.0.0.0',
  'server-port         : 4433',
  'server-cert         : Fortinet_Factory',
  'Token server status: reachable',
  'Total activated token: 12',
  'Total global activated token: 0',
  'Private Encryption: Disable',
  'FTKMOB1A2B3C4D5E     0      provisioned',
  'FTK2000BBBBBBBBBB    -1     active',
  '[5784:root:d9]got checking id 1-35588b18',
  '[5784:root:0]rmt_logincheck_cb_handler:1484 token_type = 1, time_out = 80',
  '[5784:root:0]famStateInit:2192 ctx->token_type = 1, timeout = 60',
  "[5784:root:d9]user 'wren' uses 2FA: ctx->peer_two_factor = 0, ctx->is_two_factor = 1",
  '[5784:root:d9]Receive Manually input token result. Push: 0',
  '[5784:root:d9]rmt_web_access_check:777 access failed, uri=[/remote/logincheck],ret=4103,',
  '2025-03-29 19:31:41 [2194] handle_req-Token drifted, asking for the next token req 4131800000001, len=2596',
  '[2042] handle_req-Rcvd ftm2_auth_withid req 1516200001',
  'Connecting to server address: 198.51.100.42, port nubmer: 443 oif: 0',
  'SSL: (where=0x2001 ret=0x1)SSL: SSL_accept:SSLv3/TLS write key exchange',
  'User-Agent: fortinet/c',
  '{"token":"FTKMOB1A2B3C4D5E","license":null,"token_activation_code":null,"qr_code":null}',
  'ret=2,reqid=1843900001,polid=1-1-35588b18,grp=VPN_Users,portal=full-access,peer=,tokeninfo=ftm_push,chal_msg=',
  '2025-06-24 10:32:58 id=65308 trace_id=21 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on policy 0, drop"',
  '1: date=2025-11-24 time=10:15:02 logid="0100032160" type="event" subtype="system" level="notice" vd="root"',
  '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=1:user=admin',
  'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
  'fgt-branch-07 # show user local',
  "authenticate 'wren' against 'mschap2' succeeded, server=primary assigned_rad_session_id=1",
  'wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211',
  '0x0000   0000 0000 0000 0009 0f09 0001 0800 4500        ..............E.',
  'Sending push message[00000000000000000000000000000000] to User[wren]',
  'ike 0:dialup_0:12: out 12F2CBED073D6DBA00000000000000000110020000000000000001280D000058',
  'ike 0:dialup_0:12: dec failed',
  'PSK (ASCII passphrase) - hexdump_ascii(len=9): [REMOVED]',
  '     12 phones were asked',
  'misc info: serial=0000a2b3 tos=ff/ff app_list=0 app=0 url_cat=0',
];

/** A certificate is public; its body looks like a key's. */
export const CERTIFICATE: readonly string[] = [
  '-----BEGIN CERTIFICATE-----',
  'MIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3DQEBBQUAMEUxCzAJBgNV',
  '-----END CERTIFICATE-----',
];
