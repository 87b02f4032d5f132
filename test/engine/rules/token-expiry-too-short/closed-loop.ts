import { type ClosedLoop, slowLogin } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the user needs 94 s of 60',
      broken: () => ({ 'system global': ['set hostname "FGT-EDGE"', 'set remoteauthtimeout 30'] }),
      pasted: (device) => ({ login: slowLogin(device) }),
    },
  ],
};
