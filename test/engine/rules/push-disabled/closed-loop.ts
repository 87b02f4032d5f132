import { addressLine, type ClosedLoop, WAN_FROM_PROVIDER } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'off, with an address',
      broken: (version) => ({ 'system ftm-push': [addressLine(version)] }),
    },
    {
      name: 'off, and never configured',
      broken: () => ({ 'system ftm-push': [] }),
    },
    {
      name: 'off, and the WAN gets its address from a provider',
      broken: () => ({
        ...WAN_FROM_PROVIDER,
        'system ftm-push': [],
      }),
      fill: { 'public-ip-or-fqdn': '198.51.100.10', 'public-ip': '198.51.100.10' },
    },
  ],
};
