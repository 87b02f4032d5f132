import { type ClosedLoop, UNREACHABLE } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = UNREACHABLE.radius;
