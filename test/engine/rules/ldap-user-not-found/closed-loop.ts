import { access, type ClosedLoop, entry, sslVpn } from '../../../closed-loop/toolkit.ts';

const PASSWORD = 'her-own-words';
const ACCOUNT = 'CN=plover,OU=North,DC=heron,DC=example';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the account is in another branch of the directory than the FortiGate searches',
      broken: () => ({
        'user ldap': entry('DC07', 'server "192.0.2.30"', 'cnid "cn"', 'dn "OU=South,DC=heron,DC=example"'),
        'user group': ['edit "vpn-users"', 'set member "DC07"', 'next'],
        'vpn ssl settings': sslVpn(10_443),
        'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'web-mode enable'),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'plover', password: PASSWORD, vpn: 'sslvpn' },
      directories: {
        ldap: {
          '192.0.2.30': {
            people: [{ dn: ACCOUNT, names: { cn: 'plover' }, password: PASSWORD, groups: [] }],
          },
        },
      },
      pasted: () => ({ 'entry.txt': `distinguishedName: ${ACCOUNT}\n` }),
    },
  ],
};
