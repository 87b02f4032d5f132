import { type ClosedLoop, MOBILE, SPARE, TOKEN_FILL } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'no second factor at all',
      broken: () => ({ 'user local': ['edit "marlow"', 'set type password', 'next'] }),
      fill: TOKEN_FILL,
      changedUnfilled: /^user local (?:marlow|wren): two-factor fortitoken$/,
    },
    {
      name: 'a second factor without a token',
      broken: () => ({
        'user local': [
          'edit "marlow"',
          'set type password',
          'set two-factor fortitoken',
          'set email-to "marlow@example.net"',
          'next',
        ],
      }),
      fill: TOKEN_FILL,
      changedUnfilled: /^user local (?:marlow|wren): two-factor fortitoken$/,
    },
    {
      name: 'two users, each to get a token',
      broken: () => ({
        'user local': ['marlow', 'wren'].flatMap((name) => [`edit "${name}"`, 'set type password', 'next']),
        'user group': ['edit "vpn-users"', 'set member "marlow" "wren"', 'next'],
      }),
      fill: {
        'FTKMOB-serial-1': MOBILE,
        'FTKMOB-serial-2': SPARE,
        'address-for-the-activation-1': 'marlow@example.net',
        'address-for-the-activation-2': 'wren@example.net',
      },
      changedUnfilled: /^user local (?:marlow|wren): two-factor fortitoken$/,
    },
  ],
};
