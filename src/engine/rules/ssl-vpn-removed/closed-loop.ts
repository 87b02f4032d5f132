import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = { kind: 'no-cli-fix', why: 'a VPN of another kind has to be built' };
