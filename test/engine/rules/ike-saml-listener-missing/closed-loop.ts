import { type ClosedLoop, entry } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '7.2.0', why: '`ike-saml-server` came with 7.2.0' },
  scenarios: [
    {
      name: 'the interface of a SAML tunnel serves no sign-in',
      broken: () => ({
        'user saml': entry('entra', 'idp-entity-id "https://idp.example/heron/"'),
        'user group': entry('vpn-entra', 'member "entra"'),
        'vpn ipsec phase1-interface': entry(
          'ra-saml',
          'type dynamic',
          'interface "wan1"',
          'ike-version 2',
          'peertype any',
          'authusrgrp "vpn-entra"',
          'eap enable',
        ),
      }),
    },
  ],
};
