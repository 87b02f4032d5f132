import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = { kind: 'no-cli-fix', why: 'there is nothing to mend' };
