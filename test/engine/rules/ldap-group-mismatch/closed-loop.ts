import { access, type ClosedLoop, entry, sslVpn } from '../../../closed-loop/toolkit.ts';

const PASSWORD = 'her-own-words';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the group was moved to another branch of the directory',
      broken: () => ({
        'user ldap': entry('DC07', 'server "192.0.2.30"', 'cnid "cn"', 'dn "dc=heron,dc=example"'),
        'user group': [
          'edit "vpn-users"',
          'set member "DC07"',
          'config match',
          ...entry(1, 'server-name "DC07"', 'group-name "CN=Stores,OU=Access,DC=heron,DC=example"'),
          'end',
          'next',
        ],
        'vpn ssl settings': sslVpn(10_443),
        'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'web-mode enable'),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'plover', password: PASSWORD, vpn: 'sslvpn' },
      directories: {
        ldap: {
          '192.0.2.30': {
            people: [
              {
                dn: 'CN=plover,OU=Staff,DC=heron,DC=example',
                names: { cn: 'plover' },
                password: PASSWORD,
                groups: [
                  'CN=Canteen,OU=Access,DC=heron,DC=example',
                  'CN=Stores,OU=Roles,DC=heron,DC=example',
                ],
              },
            ],
          },
        },
      },
    },
  ],
};
