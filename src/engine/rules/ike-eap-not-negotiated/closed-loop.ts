import { access, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a dial-up tunnel without EAP',
      broken: () => ({
        'vpn ipsec phase1-interface': [
          'edit "ra-staff"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set peertype any',
          'set authusrgrp "vpn-users"',
          'set eap disable',
          'next',
        ],
        'firewall policy': access('ra-staff'),
      }),
      login: { user: 'marlow', vpn: 'ikev2' },
    },
  ],
};
