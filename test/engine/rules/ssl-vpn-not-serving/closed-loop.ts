import { access, type ClosedLoop, entry, releasesSince } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'SSL VPN is switched off',
      // `status` came with 7.0.1.
      releases: releasesSince('7.0.12'),
      broken: () => ({
        'vpn ssl settings': [
          'set status disable',
          'set port 10443',
          'set source-interface "wan1"',
          'config authentication-rule',
          ...entry(1, 'groups "vpn-users"', 'portal "full-access"'),
          'end',
        ],
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn' },
    },
    {
      name: 'the policy from SSL VPN is disabled',
      broken: () => ({
        'firewall policy': access('ssl.root', 'vpn-users').toSpliced(1, 0, 'set status disable'),
      }),
      login: { user: 'marlow', vpn: 'sslvpn' },
    },
  ],
};
