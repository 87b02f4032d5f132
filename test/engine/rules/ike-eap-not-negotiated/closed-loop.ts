import { type ClosedLoop, dialup } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a dial-up tunnel without EAP',
      broken: () =>
        dialup(['set ike-version 2', 'set peertype any', 'set authusrgrp "vpn-users"', 'set eap disable']),
      login: { user: 'marlow', vpn: 'ikev2' },
    },
  ],
};
