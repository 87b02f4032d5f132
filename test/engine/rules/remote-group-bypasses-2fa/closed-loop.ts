import { type ClosedLoop, entry, ldapUser } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the directory itself is in the group',
      broken: () => ({
        'user local': ldapUser('marlow'),
        'user group': entry('vpn-users', 'member "DC01" "marlow"'),
      }),
    },
    {
      name: 'a group of the directory is in the group',
      broken: () => ({
        'user local': ldapUser('marlow'),
        'user group': [
          'edit "vpn-users"',
          'set member "DC01" "marlow"',
          'config match',
          ...entry(1, 'server-name "DC01"', 'group-name "CN=VPN,DC=example,DC=net"'),
          'end',
          'next',
        ],
      }),
    },
  ],
};
