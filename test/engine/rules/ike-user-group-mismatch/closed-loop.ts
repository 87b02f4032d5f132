import { type ClosedLoop, dialup, holder, MOBILE, SPARE } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the tunnel asks for a group that the local user is not in',
      broken: () => ({
        ...dialup([
          'set ike-version 1',
          'set mode aggressive',
          'set xauthtype auto',
          'set authusrgrp "vpn-admins"',
        ]),
        'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
        'user group': [
          'edit "vpn-admins"',
          'set member "marlow"',
          'next',
          'edit "vpn-users"',
          'set member "carol"',
          'next',
        ],
      }),
      login: { user: 'carol', vpn: 'ikev1' },
    },
  ],
};
