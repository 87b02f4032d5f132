import { type ClosedLoop, ldapUser } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the directory itself is in the group',
      broken: () => ({
        'user local': ldapUser('marlow'),
        'user group': ['edit "vpn-users"', 'set member "DC01" "marlow"', 'next'],
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
          'edit 1',
          'set server-name "DC01"',
          'set group-name "CN=VPN,DC=example,DC=net"',
          'next',
          'end',
          'next',
        ],
      }),
    },
  ],
};
