import { type ClosedLoop, entry, MOBILE, SPARE, TOKEN_FILL } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'no second factor at all',
      broken: () => ({ 'user local': entry('marlow', 'type password') }),
      fill: TOKEN_FILL,
      changedUnfilled: /^user local (?:marlow|wren): two-factor fortitoken$/,
    },
    {
      name: 'a second factor without a token',
      broken: () => ({
        'user local': entry(
          'marlow',
          'type password',
          'two-factor fortitoken',
          'email-to "marlow@example.net"',
        ),
      }),
      fill: TOKEN_FILL,
      changedUnfilled: /^user local (?:marlow|wren): two-factor fortitoken$/,
    },
    {
      name: 'two users, each to get a token',
      broken: () => ({
        'user local': ['marlow', 'wren'].flatMap((name) => entry(name, 'type password')),
        'user group': entry('vpn-users', 'member "marlow" "wren"'),
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
