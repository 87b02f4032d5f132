// Dial-up IPsec: what it can ask for, and whom.

import { base, dialup, plain } from './configuration.ts';
import { device, type Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  device(
    'RC57 IKEv1 dial-up',
    {
      ssl: null,
      more: [
        dialup(
          'set ike-version 1',
          'set mode aggressive',
          'set xauthtype auto',
          'set authusrgrp "vpn-staff"',
        ),
      ],
    },
    { verdict: 'broken', finds: ['ikev1-no-push'], hop: 'push-request' },
  ),
  device(
    'RC58 IKEv2 on 7.2.5',
    {
      version: '7.2.5',
      ssl: null,
      more: [
        dialup(
          'set ike-version 2',
          'set peertype any',
          'set eap enable',
          'set eap-identity send-request',
          'set authusrgrp "vpn-staff"',
        ),
      ],
    },
    { verdict: 'broken', finds: ['ikev2-version-unsupported'] },
  ),
  device(
    'IKEv2 on 7.4.8 is fine',
    {
      version: '7.4.8',
      ssl: null,
      policy: base.policy.map((l) => l.replace('ssl.root', 'ra-vpn')),
      more: [
        dialup(
          'set ike-version 2',
          'set peertype any',
          'set eap enable',
          'set eap-identity send-request',
          'set authusrgrp "vpn-staff"',
        ),
      ],
    },
    {
      not: [
        'ikev2-version-unsupported',
        'ikev1-no-push',
        'ikev2-timer-bug',
        'ikev2-vdom-bug',
        'two-factor-not-assigned',
      ],
    },
  ),
  device(
    'site-to-site IKEv1 is no dial-up',
    {
      more: [
        [
          'vpn ipsec phase1-interface',
          [
            'edit "to-porto"',
            '    set interface "wan1"',
            '    set peertype any',
            '    set remote-gw 203.0.113.40',
            '    set psksecret ENC zzQ8x7W6v5U4t3S2r1Q0',
            'next',
          ],
        ],
      ],
    },
    { not: ['ikev1-no-push'], verdict: 'healthy' },
  ),
  device(
    'policy of IPsec names the group',
    {
      version: '7.4.8',
      ssl: null,
      local: [...base.local, ...plain('tomas')],
      group: [
        'edit "vpn-staff"',
        '    set member "pilar"',
        'next',
        'edit "ra"',
        '    set member "tomas"',
        'next',
      ],
      policy: base.policy.map((x) => x.replace('ssl.root', 'ra-vpn').replace('vpn-staff', 'ra')),
      more: [
        [
          'vpn ipsec phase1-interface',
          [
            'edit "ra-vpn"',
            '    set type dynamic',
            '    set interface "wan1"',
            '    set ike-version 2',
            '    set peertype any',
            '    set eap enable',
            '    set eap-identity send-request',
            '    set psksecret ENC zz',
            'next',
          ],
        ],
      ],
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'] },
  ),
];
