import { type ClosedLoop, ldapUser } from '../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'loop',
  scenarios: [
    {
      name: 'the directory itself is in the group',
      broken: () => ({
        'user local': ldapUser('marlow'),
        'user group': ['edit "vpn-users"', 'set member "DC01" "marlow"', 'next'],
      }),
    },
  ],
};
