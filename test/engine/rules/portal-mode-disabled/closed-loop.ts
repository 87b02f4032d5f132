import { access, type ClosedLoop, entry, sslVpn } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'openfortivpn and a portal without web mode',
      broken: () => ({
        'vpn ssl settings': sslVpn(10_443),
        'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'web-mode disable'),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn', program: 'openfortivpn' },
    },
  ],
};
