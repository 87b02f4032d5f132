import { access, type ClosedLoop, entry, sslVpn } from '../../../closed-loop/toolkit.ts';

const ENTITY = 'https://idp.example.net/entity';
const ACS = 'https://vpn.example.net:10443/remote/saml/login';

/** One group for people of this value, read from the attribute `attribute`. */
const setting = (attribute: string) => ({
  'user saml': entry(
    'entra',
    `single-sign-on-url "${ACS}"`,
    `idp-entity-id "${ENTITY}"`,
    'idp-cert "REMOTE_Cert_1"',
    'user-name "username"',
    `group-name "${attribute}"`,
  ),
  'user group': [
    'edit "vpn-users"',
    'set member "entra"',
    'config match',
    ...entry(1, 'server-name "entra"', 'group-name "vpn-staff-id"'),
    'end',
    'next',
  ],
  'vpn ssl settings': sslVpn(10_443),
  'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'web-mode enable'),
  'firewall policy': access('ssl.root', 'vpn-users'),
});

/** Plover, with this value in the attribute `groups`. */
const idp = (groups: string) => ({
  [ENTITY]: {
    certificate: 'REMOTE_Cert_1',
    signs: 'response-and-assertion' as const,
    acs: ACS,
    people: { plover: { username: 'plover@example.net', groups } },
  },
});

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a group that the identity provider sends is in no entry',
      broken: () => setting('groups'),
      login: { user: 'plover', vpn: 'sslvpn', saml: true },
      directories: { idp: idp('vpn-contractors-id') },
    },
    {
      name: 'the entry reads an attribute of another name',
      broken: () => setting('group'),
      login: { user: 'plover', vpn: 'sslvpn', saml: true },
      directories: { idp: idp('vpn-staff-id') },
    },
  ],
};
