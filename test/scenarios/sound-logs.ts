// Logs and sessions in which nothing is wrong, though something looks like it: nothing may be accused.

import { backup, base, CERT, dialup, SWITCHED_OFF } from './configuration.ts';
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
import { debugLog, one, pasted, type Scenario, session } from './scenario.ts';
import { flow, status } from './terminal.ts';

const PILAR: Login = { user: 'pilar' };

const SOUND = block(['set server-port 4433', CERT, 'set server "198.51.100.20"', 'set status enable']);

function block(settings: readonly string[]): string {
  return `config system ftm-push\n${settings.map((each) => `    ${each}\n`).join('')}end\n`;
}

export const scenarios: readonly Scenario[] = [
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
