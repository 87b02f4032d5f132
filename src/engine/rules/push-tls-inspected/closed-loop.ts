import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = { kind: 'no-cli-fix', why: 'a device in front has to exempt the name' };
