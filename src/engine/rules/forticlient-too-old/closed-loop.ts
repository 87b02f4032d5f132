import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'no-cli-fix',
  why: 'FortiClient is updated on the computer',
};
