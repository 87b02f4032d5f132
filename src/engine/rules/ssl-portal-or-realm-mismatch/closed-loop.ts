import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'no-cli-fix',
  why: 'the person types another address, or a person decides about a new rule',
};
