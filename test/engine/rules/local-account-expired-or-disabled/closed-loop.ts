import { access, type ClosedLoop, holder, MOBILE } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the entry of the user is disabled',
      broken: () => ({
        'user local': holder('marlow', MOBILE).flatMap((line) =>
          line.startsWith('edit ') ? [line, 'set status disable'] : [line],
        ),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn' },
    },
  ],
};
