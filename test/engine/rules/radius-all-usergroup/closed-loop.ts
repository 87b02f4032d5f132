import { type ClosedLoop, ldapUser } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a RADIUS server in every group',
      broken: () => ({
        'user local': ldapUser('marlow'),
        'user radius': ['edit "nps"', 'set server "192.0.2.40"', 'set all-usergroup enable', 'next'],
      }),
    },
  ],
};
