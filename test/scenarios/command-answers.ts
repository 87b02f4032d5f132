// Single commands and what they print.

import { base, block, CERT, part } from './configuration.ts';
import { one, type Scenario, session } from './scenario.ts';
import { shell, status } from './terminal.ts';

const FTM: readonly [string, string] = ['show system ftm-push', part('ftm')];

export const scenarios: readonly Scenario[] = [
  session(
    'RC25 push.fortinet.com is not resolved',
    [
      ['get system status', status()],
      FTM,
      ['execute ping push.fortinet.com', 'Unable to resolve hostname.\n'],
    ],
    { verdict: 'broken', finds: ['push-dns-failure'], hop: 'push-request' },
  ),
  session(
    'RC25 not: another host is not resolved',
    [
      ['get system status', status()],
      FTM,
      ['execute ping printer.quillfen.example', 'Unable to resolve hostname.\n'],
    ],
    { not: ['push-dns-failure'] },
  ),
  session(
    'ICMP of the proxy blocked is not DNS',
    [
      ['get system status', status()],
      FTM,
      [
        'execute ping push.fortinet.com',
        'PING push.fortinet.com (192.0.2.200): 56 data bytes\n\n--- push.fortinet.com ping statistics ---\n5 packets transmitted, 0 packets received, 100% packet loss\n',
      ],
    ],
    { not: ['push-dns-failure', 'push-proxy-unreachable'] },
  ),
  session(
    'RC14 the WAN address moved on',
    [
      ['get system status', status()],
      FTM,
      [
        'show system interface wan1',
        block('system interface', [
          'edit "wan1"',
          '    set vdom "root"',
          '    set mode dhcp',
          '    set allowaccess ping ftm',
          'next',
        ]),
      ],
      [
        'get system interface physical',
        '== [onboard]\n\t==[wan1]\n\t\tmode: dhcp\n\t\tip: 198.51.100.93 255.255.255.0\n\t\tipv6: ::/0\n\t\tstatus: up\n\t\tspeed: 1000Mbps (Duplex: full)\n',
      ],
    ],
    { verdict: 'broken', finds: ['push-address-stale'], hop: 'callback' },
  ),
  session(
    'RC14 the WAN address is the same',
    [
      ['get system status', status()],
      FTM,
      [
        'show system interface wan1',
        block('system interface', [
          'edit "wan1"',
          '    set vdom "root"',
          '    set mode dhcp',
          '    set allowaccess ping ftm',
          'next',
        ]),
      ],
      [
        'get system interface physical',
        '== [onboard]\n\t==[wan1]\n\t\tmode: dhcp\n\t\tip: 198.51.100.20 255.255.255.0\n\t\tstatus: up\n',
      ],
    ],
    { noFindings: true },
  ),
  session(
    'RC15 DDNS name points elsewhere',
    [
      ['get system status', status()],
      [
        'show system ftm-push',
        block('system ftm-push', [CERT, 'set server "orchid.fortiddns.example"', 'set status enable']),
      ],
      ['show system interface', part('interface')],
      [
        'execute ping orchid.fortiddns.example',
        'PING orchid.fortiddns.example (203.0.113.77): 56 data bytes\n\n--- orchid.fortiddns.example ping statistics ---\n5 packets transmitted, 0 packets received, 100% packet loss\n',
      ],
    ],
    { verdict: 'broken', finds: ['push-fqdn-mismatch'] },
  ),
  session(
    'RC15 DDNS name is right',
    [
      ['get system status', status()],
      [
        'show system ftm-push',
        block('system ftm-push', [CERT, 'set server "orchid.fortiddns.example"', 'set status enable']),
      ],
      ['show system interface', part('interface')],
      [
        'execute ping orchid.fortiddns.example',
        'PING orchid.fortiddns.example (198.51.100.20): 56 data bytes\n64 bytes from 198.51.100.20: icmp_seq=0 ttl=255 time=0.1 ms\n\n--- orchid.fortiddns.example ping statistics ---\n5 packets transmitted, 5 packets received, 0% packet loss\n',
      ],
    ],
    { noFindings: true },
  ),
  session(
    'RC16 a scan of 4433 while the FortiGate listens on 4434',
    [
      ['get system status', status()],
      ['show system ftm-push', block('system ftm-push', [...base.ftm, 'set server-port 4434'])],
      ['show system interface', part('interface')],
      [
        "diagnose sniffer packet any 'host 198.51.100.20 and tcp portrange 4433-4434' 4 20 l",
        'interfaces=[any]\nfilters=[host 198.51.100.20 and tcp portrange 4433-4434]\n2026-11-26 10:32:50.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: syn 2870211\n2026-11-26 10:32:51.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: syn 2870211\n2026-11-26 10:32:53.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.20.4433: syn 2870211\n',
      ],
    ],
    { verdict: 'inconclusive', noFindings: true, says: /4433 arrived while pushes name 4434/ },
  ),
  session('RC17 asked inside a VDOM', [['get system status', status('fgt-orchid-01', '7.2.8', 'multiple')]], {
    notVerdict: 'healthy',
  }),
  {
    id: 'RC17 ftm-push set inside a VDOM',
    files: one(
      `fgt-orchid-01 # get system status\n${status('fgt-orchid-01', '7.2.8', 'multiple')}\nfgt-orchid-01 # config vdom\n\nfgt-orchid-01 (vdom) # edit root\ncurrent vf=root:0\n\nfgt-orchid-01 (root) # config system ftm-push\ncommand parse error before 'ftm-push'\nCommand fail. Return code -61\n\nfgt-orchid-01 (root) # \n`,
    ),
    expect: { verdict: 'broken', finds: ['wrong-vdom-scope'] },
  },
  {
    id: 'RC18 behind NAT, nothing arrives',
    files: one(
      shell(
        'fgt-orchid-01',
        ['get system status', status()],
        [
          'show system ftm-push',
          block('system ftm-push', [CERT, 'set server "203.0.113.10"', 'set status enable']),
        ],
        [
          'show system interface',
          block('system interface', [
            'edit "wan1"',
            '    set vdom "root"',
            '    set ip 192.168.1.2 255.255.255.0',
            '    set allowaccess ping ftm',
            '    set role wan',
            'next',
          ]),
        ],
        [
          "diagnose sniffer packet any 'tcp port 4433' 4 20 l",
          'interfaces=[any]\nfilters=[tcp port 4433]\n\n0 packets received by filter\n0 packets dropped by kernel\n',
        ],
      ),
    ),
    expect: { notVerdict: 'healthy', not: ['push-address-stale', 'push-address-private'] },
  },
  {
    id: 'RC02 refused with -56',
    files: one(
      'FGT-EDGE # config system ftm-push\n\nFGT-EDGE (ftm-push) # set status enable\n\nFGT-EDGE (ftm-push) # end\nMissing server address.\nobject check operator error, -56, discard the setting\nCommand fail. Return code -56\n\nFGT-EDGE # \n',
    ),
    expect: { verdict: 'broken', finds: ['push-address-missing'] },
  },
  {
    id: 'RC45 code used twice',
    files: one('fgt-orchid-01 login from FortiClient says: Please wait 42 seconds to login again\n'),
    expect: { notVerdict: 'healthy' },
  },
];
