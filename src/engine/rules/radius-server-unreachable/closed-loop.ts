import { type ClosedLoop, UNREACHABLE } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = UNREACHABLE.radius;
