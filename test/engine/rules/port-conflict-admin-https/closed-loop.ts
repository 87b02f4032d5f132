import { addressLine, type ClosedLoop } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the admin page has the port',
      broken: (version) => ({
        'system global': ['set hostname "FGT-EDGE"', 'set admin-sport 4433'],
        'system ftm-push': [addressLine(version), 'set status enable'],
      }),
    },
  ],
};
