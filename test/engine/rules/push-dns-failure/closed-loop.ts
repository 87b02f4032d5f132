import type { ClosedLoop } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'no DNS server',
      broken: () => ({ 'system dns': ['set primary 0.0.0.0', 'set secondary 0.0.0.0'] }),
      fill: { 'dns-server-1': '192.0.2.53', 'dns-server-2': '192.0.2.54' },
    },
    {
      name: 'a DNS server that does not answer',
      broken: () => ({ 'system dns': ['set primary 192.0.2.66', 'set secondary 192.0.2.67'] }),
      behaviour: { deadDnsServers: ['192.0.2.66', '192.0.2.67'] },
      fill: { 'dns-server-1': '192.0.2.53', 'dns-server-2': '192.0.2.54' },
    },
  ],
};
