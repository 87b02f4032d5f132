import { type ClosedLoop, WAN_FROM_PROVIDER } from '../../../closed-loop/toolkit.ts';

const PUBLIC = { 'public-ip-or-fqdn': '198.51.100.10', 'public-ip': '198.51.100.10' };

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'on, without an address',
      broken: () => ({ 'system ftm-push': ['set status enable'] }),
      noWayBack: 'FortiOS refuses to keep push on without an address',
    },
    {
      name: 'on, and the WAN gets its address from a provider',
      broken: () => ({
        ...WAN_FROM_PROVIDER,
        'system ftm-push': ['set status enable'],
      }),
      fill: PUBLIC,
      noWayBack: 'FortiOS refuses to keep push on without an address',
    },
  ],
};
