import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const POOL = [
  'EDGE # get vpn ssl monitor',
  'SSL-VPN sessions:',
  ' Index   User    Group   Source IP      Duration        I/O Bytes       Tunnel/Dest IP',
  ...[0, 1, 2].map(
    (at) =>
      ` ${at}       wren${at}       crew       203.0.113.2${at}      800      9100/44000      10.99.1.2${at}`,
  ),
  '',
  'EDGE # show firewall address quay-pool',
  'config firewall address',
  '    edit "quay-pool"',
  '        set type iprange',
  '        set start-ip 10.99.1.20',
  '        set end-ip 10.99.1.22',
  '    next',
  'end',
  'EDGE # show vpn ssl web portal full-access',
  'config vpn ssl web portal',
  '    edit "full-access"',
  '        set tunnel-mode enable',
  '        set ip-pools "quay-pool"',
  '    next',
  'end',
  'EDGE #',
].join('\n');

it.each([
  ['FortiClient stops at 98 % since 9.', 'certain'],
  ['No one else gets in, whoever is in works on.', 'certain'],
  ['Please look at our pool.', 'likely'],
])('a pool that is used up is certain where further clients fail: %s', (said, confidence) => {
  const [finding] = diagnoseText(`${said}\n\n${POOL}`).findings;
  expect(finding).toMatchObject({ rule: 'ssl-ip-pool-exhausted', confidence });
});

const SILENT = [
  'ike V=root:0:9f0e18f7c9d2b311/0000000000000000:61: responder received SA_INIT msg',
  'ike V=root:0:9f0e18f7c9d2b311/0000000000000000:61: SA proposal chosen, matched gateway crew',
  'ike V=root:0:crew:crew: created connection: 0x7420f10 6 198.51.100.18->192.0.2.130:1012.',
  'ike V=root:0:crew:61: responder received AUTH msg',
  'ike V=root:0:crew:61: re-validate gw ID',
  'ike V=root:0:crew:61: gw validation OK',
  'ike V=root:0:crew:61: responder preparing EAP identity request',
  'ike V=root:0:crew:61: negotiation timeout, deleting',
].join('\n');

it.each([
  ['NB-2 was set up by hand (not EMS). Same Wi-Fi, same account works on his old notebook.', 'likely'],
  ['Im selben WLAN klappt es mit dem alten Laptop.', 'likely'],
  ['It does not work on the old notebook either.', 'possible'],
  ['Es geht auch mit dem alten Laptop nicht.', 'possible'],
  ['A new notebook.', 'possible'],
])('a client that stops at the key is alone with it where another gets in: %s', (said, confidence) => {
  const [finding] = diagnoseText(`${said}\n\n${SILENT}`).findings;
  expect(finding).toMatchObject({ rule: 'ike-psk-mismatch', confidence });
  expect(finding?.fix.note?.includes('If every client')).toBe(confidence === 'possible');
});

const EMPTY = [
  'config system ftm-push',
  '    set server "203.0.113.9"',
  '    set status enable',
  'end',
  'config system interface',
  '    edit "wan"',
  '        set vdom "root"',
  '        set ip 192.168.1.2 255.255.255.0',
  '        set allowaccess ping ftm',
  '        set role wan',
  '    next',
  'end',
  '',
  "EDGE # diagnose sniffer packet any 'tcp port 4433' 4 20 l",
  'Using Original Sniffing Mode',
  'interfaces=[any]',
  'filters=[tcp port 4433]',
  '0 packets received by filter',
  '0 packets dropped by kernel',
  '',
].join('\n');

it.each([
  ['(it ran while the user approved twice)', 'likely'],
  ['El usuario pulsa "Aprobar" y da error.', 'likely'],
  ['L’utilisateur appuie sur « Approuver » et rien.', 'likely'],
  ['The user has approved nothing.', 'possible'],
  ['Run it while the user approves.', 'possible'],
])('an empty capture is no doubt where Approve was pressed: %s', (said, confidence) => {
  const [finding] = diagnoseText(`${EMPTY}\n${said}\n`).findings;
  expect(finding).toMatchObject({ rule: 'upstream-nat-not-forwarded', confidence });
});

const REFUSED = (time: string) =>
  `date=2026-03-02 time=${time} logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.4 user="wren" group="N/A" reason="sslvpn_login_cert_checked_error" msg="SSL user failed to logged in"`;
const ACCEPTED = `date=2026-03-02 time=09:20:02 logid="0101039424" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-web" remip=203.0.113.4 user="wren" group="crew" reason="login successfully" msg="SSL tunnel established"`;

describe('a certificate that was refused before a login that went well', () => {
  const found = (said: string) =>
    diagnoseText(
      `${[REFUSED('09:12:02'), REFUSED('09:13:02'), ACCEPTED].join('\n')}\n\n${said}\n`,
    ).findings.map(({ rule }) => rule);

  it.each([
    'The login from the old laptop works, the new one fails.',
    'The same account works on her old notebook.',
    'Der neue Rechner scheitert, mit dem alten geht es.',
  ])('is refused still where another device got in: %s', (said) => {
    expect(found(said)).toEqual(['vpn-client-certificate-rejected']);
  });

  it.each(['Is that over?', 'She has a new laptop.'])('is over elsewhere: %s', (said) => {
    expect(found(said)).toEqual([]);
  });
});

describe('a login that ends behind the password in the log of strongSwan', () => {
  const LOG = [
    'charon: 11[IKE] initiating IKE_SA quay[4] to 203.0.113.10',
    "charon: 14[IKE] server requested EAP_IDENTITY (id 0x01), sending 'wren'",
    "charon: 16[IKE] EAP-MS-CHAPv2 succeeded: '(null)'",
    'charon: 05[IKE] received EAP_FAILURE, EAP authentication failed',
  ].join('\n');
  const found = (said: string) => diagnoseText(`${said}\n\n${LOG}\n`).findings[0];

  it('is one of a user with a token, as a person says', () => {
    expect(found('It went well until she got her FortiToken on Friday.')).toMatchObject({
      rule: 'client-not-forticlient',
      confidence: 'likely',
      title: 'strongSwan cannot ask wren for the token',
    });
  });

  it.each(['She was moved to another group.', 'She has no token.'])('may be of another user: %s', (said) => {
    expect(found(said)?.rule).not.toBe('client-not-forticlient');
  });
});

it.each([
  [
    'a capture on the push port',
    [
      'Our FortiGate sits behind the router of the ISP, who forwards only port 8443 for the VPN.',
      'wan1 has 192.168.7.2, and the new public IP of the line is 203.0.113.40.',
      'The phone shows the request, she taps Approve and nothing happens.',
      'A sniffer on port 4433 shows no packet at all while she presses Approve.',
    ],
    /forward TCP 4433 of the public address `203\.0\.113\.40` to the FortiGate, `192\.168\.7\.2`/,
    /sniffer/,
  ],
  [
    'mobile data and a capture of IKE',
    [
      'A colleague in a hotel cannot bring up the IPsec tunnel, FortiClient runs into a timeout.',
      'With the hotspot of the phone it works at once.',
      'On UDP 500 the packets of the hotel arrive and we answer, on UDP 4500 not a single packet arrives.',
    ],
    /transport auto/,
    /connect once over mobile data/,
  ],
])('what was tried is not asked for again: %s', (_, lines, fix, not) => {
  const [finding] = diagnoseText(lines.join('\n')).findings;
  expect(finding?.fix.note).toMatch(fix);
  expect(finding?.fix.note).not.toMatch(not);
});

it('the offers that the debug prints give the line for the tunnel', () => {
  const ike = (text: string) => `ike V=root:0:7d10a2c9f03be841/0000000000000000:22: ${text}`;
  const offer = (group: string) => [
    'proposal id = 1:',
    '  protocol = IKEv2:',
    '     encapsulation = IKEv2/none',
    '        type=ENCR, val=AES_CBC (key_len = 256)',
    '        type=INTEGR, val=AUTH_HMAC_SHA2_256_128',
    '        type=PRF, val=PRF_HMAC_SHA2_256',
    `        type=DH_GROUP, val=${group}.`,
  ];
  const [finding] = diagnoseText(
    [
      'responder received SA_INIT msg',
      'incoming proposal:',
      ...offer('ECP384'),
      'my proposal, gw ra-crew:',
      ...offer('MODP2048'),
      'no proposal chosen',
    ]
      .map(ike)
      .join('\n'),
  ).findings;
  expect(finding?.fix.apply).toContain('        set dhgrp 14 20');
  expect(finding?.fix.note).toContain('must print 14');
});
