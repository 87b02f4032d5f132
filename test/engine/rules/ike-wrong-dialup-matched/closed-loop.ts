import { type ClosedLoop, dialup } from '../../../closed-loop/toolkit.ts';

const PARTNERS = [
  'edit "ra-partner"',
  'set type dynamic',
  'set interface "wan1"',
  'set ike-version 1',
  'set mode main',
  'set peertype any',
  'set xauthtype auto',
  'set authusrgrp "vpn-partner"',
  'next',
];

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'two tunnels in main mode on one interface',
      broken: () => {
        const first = dialup(
          ['set mode main', 'set peertype any', 'set authusrgrp "vpn-users"'],
          'vpn-users',
        );
        const tunnels = first['vpn ipsec phase1-interface'] ?? [];
        return {
          ...first,
          'vpn ipsec phase1-interface': [...tunnels, ...PARTNERS],
          'user group': [
            'edit "vpn-users"',
            'set member "marlow"',
            'next',
            'edit "vpn-partner"',
            'set member "marlow"',
            'next',
          ],
        };
      },
    },
  ],
};
