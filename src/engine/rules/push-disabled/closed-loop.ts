import { addressLine, type ClosedLoop, internal } from '../../../../test/closed-loop/toolkit.ts';

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
        'system interface': [
          'edit "wan1"',
          'set vdom "root"',
          'set mode dhcp',
          'set allowaccess ping ftm',
          'set role wan',
          'next',
          ...internal('ping', 'https', 'ssh'),
        ],
        'system ftm-push': [],
      }),
      fill: { 'public-ip-or-fqdn': '198.51.100.10', 'public-ip': '198.51.100.10' },
    },
  ],
};
