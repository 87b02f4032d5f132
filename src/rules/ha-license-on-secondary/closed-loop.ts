import type { ClosedLoop } from '../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'by-hand',
  why: 'a failover, or the registration of the licence',
};
