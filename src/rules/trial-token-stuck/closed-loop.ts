import type { ClosedLoop } from '../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  kind: 'by-hand',
  why: 'tokens are taken from their users, deleted and imported',
};
