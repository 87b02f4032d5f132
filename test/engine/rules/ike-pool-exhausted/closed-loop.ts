import { type ClosedLoop, dialup } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'tunnels hold every address of the range',
      broken: () =>
        dialup(
          ['set mode-cfg enable', 'set ipv4-start-ip 10.99.3.1', 'set ipv4-end-ip 10.99.3.2'],
          'vpn-users',
        ),
      outputs: {
        'get vpn ipsec tunnel summary': [0, 1]
          .map(
            (at) =>
              `'ra-staff_${at}' 203.0.113.1${at}:4500  selectors(total,up): 1/1  rx(pkt,err): 100/0  tx(pkt,err): 90/0\n`,
          )
          .join(''),
      },
      fill: { 'last-address': '10.99.3.60' },
    },
  ],
};
