import { access, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the portal allows one session for each user',
      broken: () => ({
        'vpn ssl web portal': [
          'edit "full-access"',
          'set tunnel-mode enable',
          'set limit-user-logins enable',
          'next',
        ],
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn', sessions: 1 },
    },
  ],
};
