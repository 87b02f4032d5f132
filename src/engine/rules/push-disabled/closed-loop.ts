import { addressLine, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'off, with an address',
      broken: (version) => ({ 'system ftm-push': [addressLine(version)] }),
    },
    {
      name: 'off, and never configured',
      broken: () => ({ 'system ftm-push': [] }),
    },
  ],
};
