import { type ClosedLoop, internal } from '../../../../test/closed-loop/toolkit.ts';

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
        'system interface': [
          'edit "wan1"',
          'set vdom "root"',
          'set mode dhcp',
          'set allowaccess ping ftm',
          'set role wan',
          'next',
          ...internal('ping', 'https', 'ssh'),
        ],
        'system ftm-push': ['set status enable'],
      }),
      fill: PUBLIC,
      noWayBack: 'FortiOS refuses to keep push on without an address',
    },
  ],
};
