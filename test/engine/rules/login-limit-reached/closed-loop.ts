import { access, type ClosedLoop, entry } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the portal allows one session for each user',
      broken: () => ({
        'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'limit-user-logins enable'),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn', sessions: 1 },
    },
  ],
};
