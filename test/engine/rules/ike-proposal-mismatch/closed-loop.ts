import { type ClosedLoop, dialup } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the client offers group 15 only',
      broken: () => dialup(['set ike-version 2', 'set eap enable', 'set dhgrp 14'], 'vpn-users'),
      login: { user: 'marlow', vpn: 'ikev2', dhGroups: ['15'] },
    },
  ],
};
