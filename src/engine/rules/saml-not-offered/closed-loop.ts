import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'no-cli-fix',
  why: 'a person decides which rule and policy may let the group in',
};
