import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a policy denies everything on the WAN',
      broken: () => ({
        'firewall local-in-policy': [
          'edit 7',
          'set intf "wan1"',
          'set srcaddr "all"',
          'set dstaddr "all"',
          'set service "ALL"',
          'set schedule "always"',
          'next',
        ],
      }),
    },
  ],
};
