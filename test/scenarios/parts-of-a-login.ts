// A part of a login, or a break in an unusual place: no green without the rest, and the break is found.

import { block as blockOf, CERT, IP, part, wan } from './configuration.ts';
import {
  connect,
  DEBUG_ON,
  dumpPush,
  good,
  type Login,
  lines,
  needToken,
  password,
  prefix,
  result,
  stamp,
  tlsAlert,
  tlsGood,
  twofa,
} from './login-log.ts';
import { debugLog, one, pasted, type Scenario, session } from './scenario.ts';
import { flow, status } from './terminal.ts';

const PILAR: Login = { user: 'pilar' };

const FTM = ['set server-port 4433', CERT, 'set server "198.51.100.20"', 'set status enable'];

const LOG_END = (login: Login, at: number): string =>
  `${stamp(at)} ${prefix(login)}login_failed:393 user[${login.user}],auth_type=1 failed [sslvpn_login_timeout]`;

export const scenarios: readonly Scenario[] = [
  debugLog(
    'asked for a user who did not log in meanwhile',
    [good(PILAR)],
    { notVerdict: 'healthy', noFindings: true },
    'bruno',
  ),
  {
    id: 'only the SSL VPN daemon was debugged: silence of ftm-push proves nothing',
    files: one(
      lines(
        [
          'fgt-orchid-01 # diagnose debug application sslvpn -1',
          'Debug messages will be on for 30 minutes.',
          '',
          'fgt-orchid-01 # diagnose debug enable',
          '',
        ],
        password(PILAR, 0),
        needToken(PILAR, 0),
        twofa(PILAR, 1),
        [LOG_END(PILAR, 82)],
      ),
      'debug.log',
    ),
    expect: { not: ['push-disabled', 'push-dns-failure', 'push-proxy-unreachable'], notVerdict: 'healthy' },
  },
  {
    id: 'the proxy is called and nothing follows',
    files: one(
      lines(DEBUG_ON, password(PILAR, 0), connect(0), needToken(PILAR, 0), twofa(PILAR, 1), [
        LOG_END(PILAR, 82),
      ]),
      'debug.log',
    ),
    expect: { verdict: 'broken', finds: ['push-proxy-unreachable'], hop: 'push-request' },
  },
  debugLog(
    'Deny was pressed',
    [
      [
        ...password(PILAR, 0),
        ...connect(0),
        ...needToken(PILAR, 0),
        ...twofa(PILAR, 1),
        ...dumpPush(1),
        ...tlsGood(8),
        ...result(PILAR, 8, 1, 'denied'),
      ],
    ],
    { verdict: 'broken', first: 'push-denied-by-user', hop: 'approval' },
  ),
  debugLog(
    'the phone does not know the CA',
    [
      [
        ...password(PILAR, 0),
        ...connect(0),
        ...needToken(PILAR, 0),
        ...twofa(PILAR, 1),
        ...dumpPush(1),
        ...tlsAlert(8, '0x230'),
        LOG_END(PILAR, 82),
      ],
    ],
    { verdict: 'broken', first: 'push-cert-untrusted', hop: 'tls' },
  ),
  session(
    'the packet of the phone is dropped by local-in policy 7',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', blockOf('system ftm-push', FTM)],
      ['diagnose debug flow trace start 10', flow('198.51.100.20:4433', 'policy 7')],
    ],
    { verdict: 'broken', first: 'local-in-policy-denies', quotes: /policy 7/ },
  ),
  session(
    'the packet of the phone is dropped, and the interface shows why',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', blockOf('system ftm-push', FTM)],
      ['show system interface', blockOf('system interface', wan(IP, 'set allowaccess ping https'))],
      ['diagnose debug flow trace start 10', flow('198.51.100.20:4433', 'policy 0')],
    ],
    { verdict: 'broken', first: 'wan-ftm-access-missing' },
  ),
  session(
    'push.fortinet.com does not resolve',
    [
      ['get system status', status()],
      ['execute ping push.fortinet.com', 'Unable to resolve hostname.'],
    ],
    { verdict: 'broken', first: 'push-dns-failure', hop: 'push-request' },
  ),
  session(
    "the user's token was never activated",
    [
      ['get system status', status()],
      ['show user local', part('local')],
      [
        'diagnose fortitoken info',
        `FORTITOKEN           DRIFT  STATUS
FTKMOB7A11C0DE01     0      new

Total activated token: 0
Total global activated token: 0

Token server status: reachable`,
      ],
    ],
    { verdict: 'broken', first: 'token-not-activated', hop: 'token' },
  ),
  pasted(
    'log 32160 alone is no login',
    'date=2026-11-26 time=10:15:02 eventtime=1795688102000000000 tz="+0000" logid="0100032160" type="event" subtype="system" level="notice" vd="root" logdesc="FortiToken mobile push message succeeded" msg="Push message sent"\n',
    { notVerdict: 'healthy', noFindings: true },
  ),
  session(
    'another appliance of the same maker',
    [
      [
        'get system status',
        'Version: FortiAnalyzer-VM64 v7.4.8,build2744,250520 (GA.M)\nSerial Number: FAZ-VMTM20001234\nHostname: faz-oslo\n',
      ],
      ['show system ftm-push', 'config system ftm-push\nend\n'],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
];
