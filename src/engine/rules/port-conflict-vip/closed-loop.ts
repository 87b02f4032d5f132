import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a virtual IP forwards the port',
      broken: () => ({
        'firewall vip': [
          'edit "web"',
          'set extip 198.51.100.10',
          'set mappedip "192.168.10.20"',
          'set extintf "wan1"',
          'set portforward enable',
          'set extport 4433',
          'set mappedport 4433',
          'next',
        ],
      }),
    },
    {
      name: 'a virtual IP forwards a range',
      broken: () => ({
        'firewall vip': [
          'edit "range"',
          'set extip 198.51.100.10',
          'set mappedip "192.168.10.20"',
          'set extintf "wan1"',
          'set portforward enable',
          'set extport 4000-9000',
          'set mappedport 4000-9000',
          'next',
        ],
      }),
    },
    {
      name: 'a virtual IP takes every port',
      broken: () => ({
        'firewall vip': [
          'edit "server"',
          'set extip 198.51.100.10',
          'set mappedip "192.168.10.20"',
          'set extintf "wan1"',
          'next',
        ],
      }),
      fill: { 'port-of-the-internal-server': '443' },
      changedUnfilled: /^firewall vip server: portforward enable$/,
    },
  ],
};
