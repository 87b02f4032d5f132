import { type ClosedLoop, entry } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a virtual IP forwards the port',
      broken: () => ({
        'firewall vip': entry(
          'web',
          'extip 198.51.100.10',
          'mappedip "192.168.10.20"',
          'extintf "wan1"',
          'portforward enable',
          'extport 4433',
          'mappedport 4433',
        ),
      }),
    },
    {
      name: 'a virtual IP forwards a range',
      broken: () => ({
        'firewall vip': entry(
          'range',
          'extip 198.51.100.10',
          'mappedip "192.168.10.20"',
          'extintf "wan1"',
          'portforward enable',
          'extport 4000-9000',
          'mappedport 4000-9000',
        ),
      }),
    },
    {
      name: 'a virtual IP takes every port',
      broken: () => ({
        'firewall vip': entry('server', 'extip 198.51.100.10', 'mappedip "192.168.10.20"', 'extintf "wan1"'),
      }),
      fill: { 'port-of-the-internal-server': '443' },
      changedUnfilled: /^firewall vip server: portforward enable$/,
    },
  ],
};
