import { type ClosedLoop, entry } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a policy denies everything on the WAN',
      broken: () => ({
        'firewall local-in-policy': entry(
          7,
          'intf "wan1"',
          'srcaddr "all"',
          'dstaddr "all"',
          'service "ALL"',
          'schedule "always"',
        ),
      }),
    },
  ],
};
