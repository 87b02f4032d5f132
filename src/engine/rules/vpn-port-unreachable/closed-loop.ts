import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'no-cli-fix',
  why: 'the packets end in a network in front of the FortiGate',
};
