import {
  addressLine,
  type ClosedLoop,
  releasesSince,
  WAN_FROM_PROVIDER,
} from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a private address',
      broken: (version) => ({ 'system ftm-push': [addressLine(version, '10.5.18.20'), 'set status enable'] }),
    },
    {
      name: 'a private address, and the WAN gets its address from a provider',
      broken: (version) => ({
        ...WAN_FROM_PROVIDER,
        'system ftm-push': [addressLine(version, '10.5.18.20'), 'set status enable'],
      }),
      fill: { 'public-ip-or-fqdn': '198.51.100.10', 'public-ip': '198.51.100.10' },
    },
    {
      name: 'an interface with a private address',
      releases: releasesSince('7.6.4'),
      broken: () => ({ 'system ftm-push': ['set interface "internal"', 'set status enable'] }),
    },
  ],
};
