import { type ClosedLoop, MOBILE, OTHER_TOKENS } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the user’s token is locked',
      broken: () => ({
        'user fortitoken': [`edit "${MOBILE}"`, 'set status lock', 'next', ...OTHER_TOKENS],
      }),
    },
  ],
};
