import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'no-cli-fix',
  why: 'the client may hold the wrong key as well as the FortiGate, and the old key cannot be brought back',
};
