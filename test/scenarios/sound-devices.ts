// Devices and logs on which nothing is wrong, though something looks like it: none may be accused.

import {
  backup,
  base,
  CERT,
  cloud,
  dialup,
  eapDialup,
  entry,
  IP,
  plain,
  RADIUS,
  SWITCHED_OFF,
  token,
  trustedAdmin,
  user,
  vip,
  wan,
} from './configuration.ts';
import {
  connect,
  dumpPush,
  good,
  inside,
  type Login,
  late,
  lines,
  needToken,
  password,
  result,
  tlsGood,
  twofa,
} from './login-log.ts';
import { debugLog, device, one, pasted, type Scenario, session } from './scenario.ts';
import { flow, status } from './terminal.ts';

const PILAR: Login = { user: 'pilar' };
const GROUP = (...members: readonly string[]): string[] =>
  entry('vpn-staff', `set member ${members.map((name) => `"${name}"`).join(' ')}`);
const SOUND = block(['set server-port 4433', CERT, 'set server "198.51.100.20"', 'set status enable']);

function block(settings: readonly string[]): string {
  return `config system ftm-push\n${settings.map((each) => `    ${each}\n`).join('')}end\n`;
}

export const scenarios: readonly Scenario[] = [
  device(
    'trusted hosts that are the whole Internet restrict nobody',
    {
      admin: [
        ...trustedAdmin('admin', '192.168.40.0 255.255.255.0'),
        ...trustedAdmin('night', '0.0.0.0 0.0.0.0'),
      ],
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'two trusted halves are the whole Internet',
    {
      admin: entry(
        'admin',
        'set accprofile "super_admin"',
        'set trusthost1 0.0.0.0 128.0.0.0',
        'set trusthost2 128.0.0.0 128.0.0.0',
      ),
    },
    { not: ['admin-trusthost-blocks-callback'], notVerdict: 'broken' },
  ),
  device(
    'a port forward of UDP 4433 takes no TCP',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set protocol udp',
        'set extport 4433',
        'set mappedip "192.168.40.9"',
        'set mappedport 4433',
      ),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a 1:1 VIP for a neighbouring address',
    {
      more: vip('set extip 198.51.100.21', 'set extintf "wan1"', 'set mappedip "192.168.40.9"'),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a port forward of HTTPS only',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "any"',
        'set portforward enable',
        'set extport 443',
        'set mappedip "192.168.40.9"',
        'set mappedport 443',
      ),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a VIP that is switched off',
    {
      more: vip(
        'set status disable',
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set mappedip "192.168.40.9"',
      ),
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'SSL VPN on 4433, but on another interface than the push address',
    {
      interface: [
        ...base.interface,
        ...entry('dmz', 'set vdom "root"', 'set ip 203.0.113.5 255.255.255.0', 'set allowaccess ping'),
      ],
      ssl: base.ssl.map((line) =>
        line === 'set port 10443'
          ? 'set port 4433'
          : line === 'set source-interface "wan1"'
            ? 'set source-interface "dmz"'
            : line,
      ),
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'server-port moved away from a VIP on 4433',
    {
      ftm: [CERT, 'set server "198.51.100.20"', 'set server-port 4434', 'set status enable'],
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set extport 4433',
        'set mappedip "192.168.40.9"',
        'set mappedport 4433',
      ),
    },
    { not: ['port-conflict-vip'], notVerdict: 'broken' },
  ),
  device(
    'an IKEv1 tunnel between two sites asks nobody for a token',
    {
      more: [
        [
          'vpn ipsec phase1-interface',
          entry(
            'to-bergen',
            'set interface "wan1"',
            'set ike-version 1',
            'set remote-gw 203.0.113.99',
            'set psksecret ENC zzQ8x7W6v5U4t3S2r1Q0',
          ),
        ],
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'IKEv2 with EAP on the first release that has it',
    { version: '7.2.8', more: [eapDialup('set authusrgrp "vpn-staff"')] },
    { not: ['ikev2-version-unsupported', 'ikev1-no-push', 'ikev2-vdom-bug'] },
  ),
  device(
    'a disabled user without second factor',
    {
      local: [
        ...user('set type password', 'set two-factor fortitoken', 'set fortitoken "FTKMOB7A11C0DE01"'),
        ...plain('oldhand', 'set status disable'),
      ],
      group: GROUP('pilar', 'oldhand'),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a user without second factor whose group opens no VPN',
    {
      local: [
        ...user('set type password', 'set two-factor fortitoken', 'set fortitoken "FTKMOB7A11C0DE01"'),
        ...plain('printer'),
      ],
      group: [...GROUP('pilar'), ...entry('portal-only', 'set member "printer"')],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'push switched off where everybody has FortiToken Cloud',
    {
      global: [...base.global, 'set fortitoken-cloud enable'],
      ftm: [],
      fortitoken: [],
      local: cloud('pilar'),
    },
    { not: ['push-disabled', 'push-address-missing', 'two-factor-not-assigned'] },
  ),
  device(
    'push switched off where everybody comes from RADIUS',
    { ftm: [], fortitoken: [], local: plain('guest'), group: GROUP('fac-oslo'), more: [RADIUS] },
    { not: ['push-disabled', 'push-address-missing', 'two-factor-not-assigned', 'token-not-mobile'] },
  ),
  device(
    'a local-in deny whose service is another port',
    {
      more: [
        ['firewall service custom', entry('OLD-8443', 'set tcp-portrange 8443')],
        [
          'firewall local-in-policy',
          [
            'edit 5',
            '    set intf "wan1"',
            '    set srcaddr "all"',
            '    set dstaddr "all"',
            '    set service "OLD-8443"',
            '    set schedule "always"',
            'next',
          ],
        ],
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a local-in deny that is switched off',
    {
      more: [
        [
          'firewall local-in-policy',
          [
            'edit 5',
            '    set status disable',
            '    set intf "wan1"',
            '    set srcaddr "all"',
            '    set dstaddr "all"',
            '    set service "ALL"',
            '    set schedule "always"',
            'next',
          ],
        ],
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a token that nobody holds is locked and another has expired',
    {
      fortitoken: [
        ...base.fortitoken,
        ...entry('FTKMOB00000000A1', 'set license "EFTM000000007712"', 'set status lock'),
        ...entry(
          'FTKMOB00000000A2',
          'set license "EFTM000000007712"',
          'set activation-code "XXXXXXXXXXXXXXXX"',
          'set activation-expire 1735700000',
        ),
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  pasted(
    'instructions of an article are no configuration',
    `To enable push, run:

config system ftm-push
    set status enable
    set server <public-ip>
end

Then check that the WAN interface has "ftm" in allowaccess:
config system interface
    edit <wan>
        append allowaccess ftm
    next
end
`,
    { noFindings: true, verdict: 'inconclusive' },
  ),
  pasted(
    'a suspicion in a ticket is no evidence',
    'Hi team, user pilar gets no prompt. I believe push is disabled on the firewall, or maybe ftm is missing from allowaccess on wan1? Port 4433 is open upstream. Thanks',
    { noFindings: true, verdict: 'inconclusive' },
  ),
  session(
    'switched on in the same session: the later answer counts',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', block([...SWITCHED_OFF, 'set status disable'])],
      ['show full-configuration system ftm-push', SOUND],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  session(
    'a drop of a packet to the web server behind the firewall',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', SOUND],
      ['diagnose debug flow trace start 10', flow('198.51.100.33:443', 'policy 0')],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  session(
    'the phone is answered: SYN and SYN-ACK on the push port',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', SOUND],
      [
        "diagnose sniffer packet any 'tcp port 4433' 4 20 l",
        `interfaces=[any]
filters=[tcp port 4433]
2026-11-26 10:32:50.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: syn 2870211
2026-11-26 10:32:50.100300 wan1 out 198.51.100.20.4433 -> 203.0.113.55.51522: syn 118 ack 2870212
2026-11-26 10:32:50.150000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: ack 119`,
      ],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  session(
    'another name that does not resolve says nothing of push.fortinet.com',
    [
      ['get system status', status()],
      ['execute ping intranet.quillfen.example', 'Unable to resolve hostname.'],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  session(
    'push.fortinet.com resolves, ICMP is lost',
    [
      [
        'execute ping push.fortinet.com',
        `PING push.fortinet.com (192.0.2.200): 56 data bytes

--- push.fortinet.com ping statistics ---
5 packets transmitted, 0 packets received, 100% packet loss`,
      ],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  debugLog(
    'two factor check: off stands in every good login',
    [good(PILAR)],
    { verdict: 'healthy', noFindings: true, users: ['pilar'] },
    'pilar',
  ),
  debugLog(
    'the login of another user times out',
    [good(PILAR), late({ user: 'bruno', sid: 'b1', pid: 2102 }, 120)],
    { verdict: 'healthy', noFindings: true },
    'pilar',
  ),
  {
    id: 'a portal that offers push',
    files: one(
      'ret=2,reqid=1812,polid=1-1-35588b18,grp=vpn-staff,portal=full-access,peer=,magic=1-35588b18,tokeninfo=ftm_push,chal_msg=\n',
    ),
    expect: { noFindings: true, verdict: 'inconclusive' },
  },
  device(
    'an LDAP user with a token, named in the group, its server not',
    {
      local: entry(
        'pilar',
        'set type ldap',
        'set two-factor fortitoken',
        'set fortitoken "FTKMOB7A11C0DE01"',
        'set email-to "pilar@quillfen.example"',
        'set username-sensitivity disable',
        'set ldap-server "dc-oslo"',
      ),
      more: [
        [
          'user ldap',
          entry(
            'dc-oslo',
            'set server "192.168.40.10"',
            'set cnid "sAMAccountName"',
            'set dn "dc=quillfen,dc=example"',
          ),
        ],
      ],
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'the WAN has its address from DHCP',
    { interface: wan('set mode dhcp', 'set allowaccess ping ftm', 'set type physical') },
    { noFindings: true, verdict: 'inconclusive' },
  ),
  device(
    'SSL VPN on another port of the same interface as the push port plus one',
    { ssl: base.ssl.map((line) => (line === 'set port 10443' ? 'set port 4434' : line)) },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'the second address of the WAN takes the callback, and permits it',
    {
      interface: wan(
        'set ip 203.0.113.20 255.255.255.0',
        'set allowaccess ping',
        'set secondary-IP enable',
        'config secondaryip',
        '    edit 1',
        `        ${IP}`,
        '        set allowaccess ping ftm',
        '    next',
        'end',
      ),
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'a token user beside a second token user',
    {
      fortitoken: [
        ...base.fortitoken,
        ...entry(
          'FTKMOB7A11C0DE02',
          'set license "EFTM000000007711"',
          'set reg-id "aa11bb22cc33"',
          'set os-ver "16.0"',
        ),
      ],
      local: [...token('pilar', 'FTKMOB7A11C0DE01'), ...token('bruno', 'FTKMOB7A11C0DE02')],
      group: GROUP('pilar', 'bruno'),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  debugLog(
    'a push that is answered after a long minute but in time',
    [
      [
        ...password(PILAR, 0),
        ...connect(0),
        ...needToken(PILAR, 0),
        ...twofa(PILAR, 1),
        ...dumpPush(1),
        ...tlsGood(57),
        ...result(PILAR, 57),
        ...inside(PILAR, 58),
      ],
    ],
    { verdict: 'healthy', noFindings: true },
  ),
  {
    id: 'a long wait was asked for, and IKEv1 serves no user',
    files: one(
      backup({
        global: [...base.global, 'set remoteauthtimeout 60', 'set two-factor-ftk-expiry 120'],
        more: [dialup('set ike-version 1', 'set peertype any', 'set status disable')],
      }),
      'fgt-orchid-01.conf',
    ),
    expect: { not: ['vpn-wait-too-short', 'token-expiry-too-short'] },
  },
  {
    id: 'the log stops while the phone is still asked',
    files: one(
      lines(password(PILAR, 0), connect(0), needToken(PILAR, 0), twofa(PILAR, 1), dumpPush(1)),
      'debug.log',
    ),
    expect: { noFindings: true, verdict: 'inconclusive' },
  },
];
