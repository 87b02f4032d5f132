import { type ClosedLoop, slowLogin } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the user needs 94 s of 80',
      broken: () => ({ 'system global': ['set hostname "FGT-EDGE"', 'set two-factor-ftk-expiry 75'] }),
      pasted: (device) => ({ login: slowLogin(device) }),
    },
  ],
};
