// What was refused, came back empty or was cut is not in order.

import { backup, base, block, CERT, part } from './configuration.ts';
import { dump, one, type Scenario, session } from './scenario.ts';
import { shell, status } from './terminal.ts';

const REFUSED = 'Unknown action 0\nCommand fail. Return code -1\n';
/** All that a sound device says. */
const ALL: readonly (readonly [string, string])[] = [
  ['get system status', status()],
  [
    'show full-configuration system ftm-push',
    block('system ftm-push', [...base.ftm, 'set server-port 4433']),
  ],
  ['show system interface', part('interface')],
  ['show system admin', part('admin')],
  [
    'show full-configuration system global',
    block('system global', [
      'set hostname "fgt-orchid-01"',
      'set admin-sport 8443',
      'set remoteauthtimeout 5',
    ]),
  ],
  ['show vpn ssl settings', part('ssl')],
  ['show user local', part('local')],
  ['show user group', part('group')],
  ['show user fortitoken', part('fortitoken')],
  [
    'diagnose fortitoken info',
    'FORTITOKEN           DRIFT  STATUS\nFTKMOB7A11C0DE01     0      provisioned\n\nTotal activated token: 1\nTotal global activated token: 1\n\nToken server status: reachable\n',
  ],
];
const swap = (cmd: string, out: string): (readonly [string, string])[] =>
  ALL.map(([c, o]) => [c, c === cmd ? out : o]);
const FTM: readonly [string, string] = [
  'show full-configuration system ftm-push',
  block('system ftm-push', [...base.ftm, 'set server-port 4433']),
];

export const scenarios: readonly Scenario[] = [
  session('everything pasted but diagnose is refused', swap('diagnose fortitoken info', REFUSED), {
    notVerdict: 'healthy',
    noFindings: true,
  }),
  session('diagnose answers with nothing', swap('diagnose fortitoken info', ''), {
    notVerdict: 'healthy',
    noFindings: true,
  }),
  session('the interfaces were refused', swap('show system interface', REFUSED), {
    notVerdict: 'healthy',
    not: ['wan-ftm-access-missing'],
  }),
  session('the administrators came back empty', swap('show system admin', ''), {
    notVerdict: 'healthy',
    not: ['admin-trusthost-blocks-callback'],
  }),
  session(
    'show user fortitoken knows the activation is over',
    swap(
      'show user fortitoken',
      block('user fortitoken', [
        'edit "FTKMOB7A11C0DE01"',
        '    set license "EFTM000000007711"',
        '    set activation-code "XXXXXXXXXXXXXXXX"',
        '    set activation-expire 1735700000',
        'next',
      ]),
    ).filter(([c]) => !c.startsWith('diagnose')),
    { verdict: 'broken', finds: [['token-activation-expired', 'token-not-activated']] },
  ),
  {
    id: 'a window in which nobody logged in',
    files: one(
      shell(
        'fgt-orchid-01',
        ...ALL,
        ['diagnose debug application ftm-push -1', ''],
        ['diagnose debug application sslvpn -1', ''],
        ['diagnose debug enable', ''],
        ['diagnose debug disable', ''],
        ['diagnose debug reset', ''],
      ),
    ),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  session(
    'ftm-push answered with another block',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', part('dns')],
    ],
    { not: ['push-disabled', 'push-address-missing'], notVerdict: 'healthy' },
  ),
  session(
    'ftm-push answered with nothing',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', ''],
    ],
    { not: ['push-disabled', 'push-address-missing'], notVerdict: 'healthy' },
  ),
  session(
    'ftm-push answered with an error',
    [
      ['get system status', status()],
      [
        'show full-configuration system ftm-push',
        "command parse error before 'ftm-push'\nCommand fail. Return code -61\n",
      ],
    ],
    { not: ['push-disabled', 'push-address-missing'], notVerdict: 'healthy' },
  ),
  session(
    'ftm-push cut in the middle',
    [
      ['get system status', status()],
      [
        'show full-configuration system ftm-push',
        'config system ftm-push\n    set server-cert "Fortinet_Factory"\n',
      ],
    ],
    { not: ['push-disabled', 'push-address-missing'], notVerdict: 'healthy' },
  ),
  session(
    'administrators cut after the first',
    [
      ['get system status', status()],
      FTM,
      [
        'show system admin',
        'config system admin\n    edit "admin"\n        set trusthost1 192.168.40.0 255.255.255.0\n        set accprofile "super_admin"\n    next\n',
      ],
    ],
    { not: ['admin-trusthost-blocks-callback'], notVerdict: 'healthy' },
  ),
  session(
    'an empty ftm-push block means the defaults',
    [
      ['get system status', status()],
      ['show system ftm-push', 'config system ftm-push\nend\n'],
    ],
    { verdict: 'broken', finds: [['push-disabled', 'push-address-missing']] },
  ),
  session(
    'a status without its VDOM line',
    [
      [
        'get system status',
        'Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\nSerial-Number: FGT60FTK20001234\n',
      ],
      ['show system ftm-push', block('system ftm-push', base.ftm.slice(0, 2))],
    ],
    { verdict: 'broken', finds: ['push-disabled'] },
  ),
  {
    id: 'a backup that stops in the interfaces',
    files: one(backup().slice(0, backup().indexOf('edit "internal"')), 'half.conf'),
    expect: {
      notVerdict: 'healthy',
      not: ['push-disabled', 'push-address-missing', 'two-factor-not-assigned'],
    },
  },
  ...(['<public-ip>', '<ddns-fqdn>', '<public-ip-or-fqdn>'] as const).map(
    (p): Scenario => ({
      id: `placeholder ${p} in server`,
      files: dump({ ftm: [CERT, `set server "${p}"`, 'set status enable'] }),
      expect: { verdict: 'inconclusive' },
    }),
  ),
  {
    id: 'placeholder <wan-interface> in interface',
    files: dump({
      version: '7.6.4',
      ftm: ['set interface "<wan-interface>"', 'set server-cert "Fortinet_GUI_Server"', 'set status enable'],
    }),
    expect: { verdict: 'inconclusive' },
  },
  {
    id: 'placeholder pasted into the CLI',
    files: one(
      shell(
        'fgt-orchid-01',
        ['get system status', status()],
        [
          'show full-configuration system ftm-push',
          block('system ftm-push', [
            'set server-port 4433',
            'set server-cert "Fortinet_Factory"',
            'set server "<your-ddns-fqdn>"',
            'set status enable',
          ]),
        ],
      ),
    ),
    expect: { verdict: 'inconclusive' },
  },
];
