import { access, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.2.9', why: '`network-overlay` came with 6.2' },
  scenarios: [
    {
      name: 'a tunnel with a network ID',
      broken: () => ({
        'vpn ipsec phase1-interface': [
          'edit "ra-staff"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set eap enable',
          'set network-overlay enable',
          'set network-id 12',
          'next',
        ],
        'firewall policy': access('ra-staff', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'ikev2' },
    },
  ],
};
