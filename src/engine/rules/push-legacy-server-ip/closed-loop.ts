import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.4.12', why: 'FortiOS 6.4.9 and older know no `server`' },
  scenarios: [
    {
      name: 'only server-ip',
      broken: () => ({ 'system ftm-push': ['set server-ip 198.51.100.10', 'set status enable'] }),
      noWayBack: 'FortiOS refuses an address in server-ip alone',
    },
  ],
};
