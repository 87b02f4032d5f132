import { type ClosedLoop, HARDWARE, holder, TOKEN_FILL } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a hardware token',
      broken: () => ({ 'user local': holder('marlow', HARDWARE) }),
      fill: TOKEN_FILL,
      changedUnfilled: /^user local marlow: two-factor (?:fortitoken|email)$/,
    },
    {
      name: 'codes by e-mail',
      broken: () => ({
        'user local': [
          'edit "marlow"',
          'set type password',
          'set two-factor email',
          'set email-to "marlow@example.net"',
          'next',
        ],
      }),
      fill: TOKEN_FILL,
      changedUnfilled: /^user local marlow: two-factor (?:fortitoken|email)$/,
    },
  ],
};
