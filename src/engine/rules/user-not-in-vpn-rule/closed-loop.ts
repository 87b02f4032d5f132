import {
  access,
  type ClosedLoop,
  holder,
  MOBILE,
  SPARE,
  sslVpn,
} from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'no group of the VPN knows the user',
      broken: () => ({
        'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'carol', vpn: 'sslvpn' },
    },
    {
      name: 'two groups of the VPN, and none knows the user',
      broken: () => ({
        'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
        'firewall policy': access('ssl.root', 'vpn-users', 'vpn-admins'),
        'user group': ['vpn-users', 'vpn-admins'].flatMap((name) => [
          `edit "${name}"`,
          'set member "marlow"',
          'next',
        ]),
        'vpn ssl settings': [
          ...sslVpn(10_443).slice(0, -1),
          'edit 2',
          'set groups "vpn-admins"',
          'set portal "full-access"',
          'next',
          'end',
        ],
      }),
      login: { user: 'carol', vpn: 'sslvpn' },
      fill: { 'vpn-group': 'vpn-users' },
    },
  ],
};
