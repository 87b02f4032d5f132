import { access, type ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '7.0.12', why: '`status` came with 7.0.1' },
  scenarios: [
    {
      name: 'SSL VPN is switched off',
      broken: () => ({
        'vpn ssl settings': [
          'set status disable',
          'set port 10443',
          'set source-interface "wan1"',
          'config authentication-rule',
          'edit 1',
          'set groups "vpn-users"',
          'set portal "full-access"',
          'next',
          'end',
        ],
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn' },
    },
  ],
};
