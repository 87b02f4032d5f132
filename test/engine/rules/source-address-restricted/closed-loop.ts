import { type ClosedLoop, sslVpn } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'every address is on a list that is turned round',
      broken: () => ({
        'vpn ssl settings': [
          'set source-address "all"',
          'set source-address-negate enable',
          ...sslVpn(10_443),
        ],
      }),
    },
  ],
};
