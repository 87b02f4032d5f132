import type { ClosedLoop } from '../../../closed-loop/toolkit.ts';

const PUSHED = [
  '2026-03-02T09:12:05.753136+01:00 FAC pushd[1267]: Broker: Deliver push task to job queue. At position[1]',
  '2026-03-02T09:12:06.467578+01:00 FAC pushd[1267]: Worker[139952154470000]: Sending push message[00000000000000000000000000000000] to User[marlow]',
].join('\n');

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'FortiAuthenticator pushes, RADIUS waits 5 s',
      broken: () => ({
        'system global': ['set hostname "FGT-EDGE"', 'set remoteauthtimeout 60'],
        'user radius': ['edit "fac-1"', 'set server "192.0.2.40"', 'next'],
      }),
      pasted: () => ({ pushd: PUSHED }),
    },
    {
      name: 'FortiAuthenticator pushes, both waits are short',
      broken: () => ({ 'user radius': ['edit "fac-1"', 'set server "192.0.2.40"', 'next'] }),
      pasted: () => ({ pushd: PUSHED }),
    },
  ],
};
