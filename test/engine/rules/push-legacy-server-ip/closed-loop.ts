import { type ClosedLoop, WAN_FROM_PROVIDER } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '6.4.12', why: 'FortiOS 6.4.9 and older know no `server`' },
  scenarios: [
    {
      name: 'only server-ip',
      broken: () => ({ 'system ftm-push': ['set server-ip 198.51.100.10', 'set status enable'] }),
      noWayBack: 'FortiOS refuses an address in server-ip alone',
    },
    {
      name: 'only server-ip, with a private address, and the WAN gets its address from a provider',
      broken: () => ({
        ...WAN_FROM_PROVIDER,
        'system ftm-push': ['set server-ip 10.20.30.40', 'set status enable'],
      }),
      fill: { 'public-ip-or-fqdn': '198.51.100.10' },
      noWayBack: 'FortiOS refuses an address in server-ip alone',
    },
  ],
};
