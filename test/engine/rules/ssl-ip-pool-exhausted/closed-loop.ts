import { access, type ClosedLoop, entry, sslVpn } from '../../../closed-loop/toolkit.ts';

const POOL = ['10.212.134.200', '10.212.134.201'];

const sessions = (name: string) =>
  POOL.map(
    (address, at) =>
      ` ${at}       ${name}${at}   vpn-users   203.0.113.1${at}         100     27000/14000    ${address}`,
  );

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'sessions hold every address of the pool',
      broken: () => ({
        'firewall address': entry('ra-pool', 'type iprange', `start-ip ${POOL[0]}`, `end-ip ${POOL[1]}`),
        'vpn ssl settings': sslVpn(10_443),
        'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'ip-pools "ra-pool"'),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      outputs: {
        'get vpn ssl monitor': [
          'SSL-VPN Login Users:',
          ' Index   User    Group   Auth Type      Timeout         Auth-Timeout    From     HTTP in/out    HTTPS in/out    Two-factor Auth',
          '',
          'SSL-VPN sessions:',
          ' Index   User    Group   Source IP      Duration        I/O Bytes       Tunnel/Dest IP',
          ...sessions('wren'),
          '',
        ].join('\n'),
      },
    },
  ],
};
