import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'no-cli-fix',
  why: 'the computer has to meet the requirements, or a person lowers them',
};
