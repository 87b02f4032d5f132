import { access, type ClosedLoop, entry, sslVpn } from '../../../closed-loop/toolkit.ts';

const ACS = 'https://vpn.example.net:10443/remote/saml/login';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the entity id of the identity provider has a slash too many',
      broken: () => ({
        'user saml': entry(
          'entra',
          `single-sign-on-url "${ACS}"`,
          'idp-entity-id "https://idp.example.net/entity/"',
          'idp-cert "REMOTE_Cert_1"',
          'user-name "username"',
        ),
        'user group': entry('vpn-users', 'member "entra"'),
        'vpn ssl settings': sslVpn(10_443),
        'vpn ssl web portal': entry('full-access', 'tunnel-mode enable', 'web-mode enable'),
        'firewall policy': access('ssl.root', 'vpn-users'),
      }),
      login: { user: 'plover', vpn: 'sslvpn', saml: true },
      directories: {
        idp: {
          'https://idp.example.net/entity': {
            certificate: 'REMOTE_Cert_1',
            signs: 'response-and-assertion',
            acs: ACS,
            people: { plover: { username: 'plover@example.net' } },
          },
        },
      },
    },
  ],
};
