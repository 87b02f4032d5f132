import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

const ACCESS = [
  'edit 1',
  'set srcintf "ssl.root"',
  'set dstintf "internal"',
  'set action accept',
  'set srcaddr "all"',
  'set dstaddr "all"',
  'set schedule "always"',
  'set service "ALL"',
  'set groups "vpn-users"',
  'next',
];

export const closedLoop: ClosedLoop = {
  kind: 'cli-fix',
  since: { release: '7.0.12', why: '`status` came with 7.0.1' },
  scenarios: [
    {
      name: 'SSL VPN is switched off',
      broken: () => ({
        'vpn ssl settings': [
          'set status disable',
          'set port 10443',
          'set source-interface "wan1"',
          'config authentication-rule',
          'edit 1',
          'set groups "vpn-users"',
          'set portal "full-access"',
          'next',
          'end',
        ],
        'firewall policy': ACCESS,
      }),
    },
  ],
};
