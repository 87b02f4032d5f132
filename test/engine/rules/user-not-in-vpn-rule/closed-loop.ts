import {
  access,
  type ClosedLoop,
  entry,
  holder,
  loginLog,
  MOBILE,
  SPARE,
  sslVpn,
} from '../../../closed-loop/toolkit.ts';

const CAROL_IN_DEPOT = {
  'user local': [...holder('marlow', MOBILE), ...holder('carol', SPARE)],
  'user group': [...entry('vpn-users', 'member "marlow"'), ...entry('depot', 'member "carol"')],
};

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
        'user group': ['vpn-users', 'vpn-admins'].flatMap((name) => entry(name, 'member "marlow"')),
        'vpn ssl settings': [
          ...sslVpn(10_443).slice(0, -1),
          ...entry(2, 'groups "vpn-admins"', 'portal "full-access"'),
          'end',
        ],
      }),
      login: { user: 'carol', vpn: 'sslvpn' },
      fill: { 'vpn-group': 'vpn-users' },
    },
    {
      name: 'no policy names the group of the rule',
      broken: () => ({
        ...CAROL_IN_DEPOT,
        'firewall policy': access('ssl.root', 'vpn-users'),
        'vpn ssl settings': [
          ...sslVpn(10_443).slice(0, -1),
          ...entry(2, 'groups "depot"', 'portal "full-access"'),
          'end',
        ],
      }),
      login: { user: 'carol', vpn: 'sslvpn' },
    },
    {
      name: 'no rule names the group of the policy',
      broken: () => ({
        ...CAROL_IN_DEPOT,
        'firewall policy': access('ssl.root', 'vpn-users', 'depot'),
      }),
      login: { user: 'carol', vpn: 'sslvpn' },
      pasted: ({ innerKeys }) => ({
        'login.log':
          innerKeys('vpn ssl settings', 'authentication-rule').length > 1
            ? loginLog({ user: 'carol', vpnWait: 80, tokenWait: 60, answered: 5 })
            : '[2210:root:1a]login_failed:393 user[carol],auth_type=1 failed [sslvpn_login_unknown_user]',
      }),
    },
  ],
};
