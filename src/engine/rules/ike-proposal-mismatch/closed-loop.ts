import { access, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the client offers group 15 only',
      broken: () => ({
        'vpn ipsec phase1-interface': [
          'edit "ra-staff"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set eap enable',
          'set dhgrp 14',
          'next',
        ],
        'firewall policy': access('ra-staff', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'ikev2', dhGroups: ['15'] },
    },
  ],
};
