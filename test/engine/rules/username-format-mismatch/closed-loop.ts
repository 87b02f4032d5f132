import { access, type ClosedLoop } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a local user’s name is typed in other case',
      broken: () => ({
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'Marlow', vpn: 'sslvpn' },
    },
  ],
};
