import type { Directories } from '../../src/stand-ins/fortigate/logins/directories.ts';
import { access, interfaceLines, internal, type Sections, sslVpn, wan } from './device.ts';
import { type ClosedLoop, releasesSince, type Scenario } from './scenario.ts';

const PASSWORD = 'her-own-words';
const LDAP = {
  people: [{ dn: 'CN=marlow,DC=example,DC=net', names: { cn: 'marlow' }, password: PASSWORD, groups: [] }],
};
const RADIUS = { people: [{ name: 'marlow', password: PASSWORD }] };
const PUBLIC = '192.0.2.30';
const INSIDE = '10.20.1.30';
const DIRECTORIES: Directories = {
  ldap: { [PUBLIC]: LDAP, [INSIDE]: LDAP },
  radius: { [PUBLIC]: RADIUS, [INSIDE]: RADIUS },
};

/** The path to a server is broken by its own entry: the same faults for both kinds of servers. */
function unreachable(kind: 'ldap' | 'radius'): ClosedLoop {
  const name = kind === 'ldap' ? 'DC01' : 'NPS1';
  const entry = (address: string, ...settings: readonly string[]): Sections => ({
    'user ldap': [],
    [`user ${kind}`]: [
      `edit "${name}"`,
      `set server "${address}"`,
      ...(kind === 'ldap' ? ['set cnid "cn"', 'set dn "dc=example,dc=net"'] : []),
      ...settings,
      'next',
    ],
    'user local': [],
    'user group': ['edit "vpn-users"', `set member "${name}"`, 'next'],
    'vpn ssl settings': sslVpn(10_443),
    'vpn ssl web portal': ['edit "full-access"', 'set tunnel-mode enable', 'set web-mode enable', 'next'],
    'firewall policy': access('ssl.root', 'vpn-users'),
  });
  const scenario = (name: string, broken: Sections): Scenario => ({
    name,
    broken: () => broken,
    login: { user: 'marlow', password: PASSWORD, vpn: 'sslvpn' },
    directories: DIRECTORIES,
  });
  return {
    scenarios: [
      {
        ...scenario(
          'asked by an interface to which no route leads',
          entry(PUBLIC, 'set interface-select-method specify', 'set interface "internal"'),
        ),
        // The stand-in has no table of the settings of `user ldap` by release.
        ...(kind === 'radius' ? { releases: releasesSince('6.2.9') } : {}),
      },
      scenario('asked from an address of another device', entry(PUBLIC, 'set source-ip "192.168.10.77"')),
      scenario('behind a tunnel without an address', {
        ...entry(INSIDE),
        'system interface': [
          ...wan('ping', 'ftm'),
          ...internal('ping', 'https', 'ssh'),
          ...interfaceLines('to-hq', '0.0.0.0', 'undefined', []).filter((line) => !/ip |access/.test(line)),
        ],
        'vpn ipsec phase1-interface': [
          'edit "to-hq"',
          'set interface "wan1"',
          'set remote-gw 203.0.113.9',
          'next',
        ],
        'router static': [
          'edit 1',
          'set gateway 198.51.100.1',
          'set device "wan1"',
          'next',
          'edit 2',
          'set dst 10.20.0.0 255.255.0.0',
          'set device "to-hq"',
          'next',
        ],
      }),
    ],
  };
}

export const UNREACHABLE = { ldap: unreachable('ldap'), radius: unreachable('radius') } as const;
