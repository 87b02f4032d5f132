import { access, type ClosedLoop, dialup } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the policy of the tunnel is disabled',
      broken: () => ({
        ...dialup([
          'set ike-version 2',
          'set peertype any',
          'set eap enable',
          'set eap-identity send-request',
          'set authusrgrp "vpn-users"',
        ]),
        'firewall policy': access('ra-staff').toSpliced(1, 0, 'set status disable'),
      }),
      login: { user: 'marlow', vpn: 'ikev2' },
    },
  ],
};
