import { type ClosedLoop, releasesSince } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.4.12', why: 'FortiOS 6.4.9 and older know no `server`' },
  scenarios: [
    {
      name: 'server and server-ip',
      broken: () => ({
        'system ftm-push': ['set server-ip 203.0.113.7', 'set server "198.51.100.10"', 'set status enable'],
      }),
      noWayBack: 'FortiOS refuses the second address',
    },
    {
      name: 'server and interface',
      releases: releasesSince('7.6.4'),
      broken: () => ({
        'system ftm-push': ['set interface "internal"', 'set server "198.51.100.10"', 'set status enable'],
      }),
      noWayBack: 'FortiOS refuses the second address',
    },
  ],
};
