import { access, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'two wrong tries block the address',
      broken: () => ({
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn', failedBefore: 2 },
    },
  ],
};
