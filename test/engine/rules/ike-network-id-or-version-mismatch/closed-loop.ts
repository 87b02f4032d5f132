import { type ClosedLoop, dialup } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.2.9', why: '`network-overlay` came with 6.2' },
  scenarios: [
    {
      name: 'a tunnel with a network ID',
      broken: () =>
        dialup(
          ['set ike-version 2', 'set eap enable', 'set network-overlay enable', 'set network-id 12'],
          'vpn-users',
        ),
      login: { user: 'marlow', vpn: 'ikev2' },
    },
  ],
};
