import type { ClosedLoop } from '../../../../test/closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  since: { release: '7.2.0', why: '`ike-saml-server` came with 7.2.0' },
  scenarios: [
    {
      name: 'the interface of a SAML tunnel serves no sign-in',
      broken: () => ({
        'user saml': ['edit "entra"', 'set idp-entity-id "https://idp.example/heron/"', 'next'],
        'user group': ['edit "vpn-entra"', 'set member "entra"', 'next'],
        'vpn ipsec phase1-interface': [
          'edit "ra-saml"',
          'set type dynamic',
          'set interface "wan1"',
          'set ike-version 2',
          'set peertype any',
          'set authusrgrp "vpn-entra"',
          'set eap enable',
          'next',
        ],
      }),
    },
  ],
};
