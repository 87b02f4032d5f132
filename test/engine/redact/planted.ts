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
