// Users and tokens of whom nothing is wrong, though something looks like it: none may be accused.

import { base, cloud, eapDialup, entry, plain, RADIUS, token, user } from './configuration.ts';
import { device, type Scenario } from './scenario.ts';

const GROUP = (...members: readonly string[]): string[] =>
  entry('vpn-staff', `set member ${members.map((name) => `"${name}"`).join(' ')}`);

export const scenarios: readonly Scenario[] = [
  device(
    'an IKEv1 tunnel between two sites asks nobody for a token',
    {
      more: [
        [
          'vpn ipsec phase1-interface',
          entry(
            'to-bergen',
            'set interface "wan1"',
            'set ike-version 1',
            'set remote-gw 203.0.113.99',
            'set psksecret ENC zzQ8x7W6v5U4t3S2r1Q0',
          ),
        ],
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'IKEv2 with EAP on the first release that has it',
    { version: '7.2.8', more: [eapDialup('set authusrgrp "vpn-staff"')] },
    { not: ['ikev2-version-unsupported', 'ikev1-no-push', 'ikev2-vdom-bug'] },
  ),
  device(
    'a disabled user without second factor',
    {
      local: [
        ...user('set type password', 'set two-factor fortitoken', 'set fortitoken "FTKMOB7A11C0DE01"'),
        ...plain('oldhand', 'set status disable'),
      ],
      group: GROUP('pilar', 'oldhand'),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a user without second factor whose group opens no VPN',
    {
      local: [
        ...user('set type password', 'set two-factor fortitoken', 'set fortitoken "FTKMOB7A11C0DE01"'),
        ...plain('printer'),
      ],
      group: [...GROUP('pilar'), ...entry('portal-only', 'set member "printer"')],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'push switched off where everybody has FortiToken Cloud',
    {
      global: [...base.global, 'set fortitoken-cloud enable'],
      ftm: [],
      fortitoken: [],
      local: cloud('pilar'),
    },
    { not: ['push-disabled', 'push-address-missing', 'two-factor-not-assigned'] },
  ),
  device(
    'push switched off where everybody comes from RADIUS',
    { ftm: [], fortitoken: [], local: plain('guest'), group: GROUP('fac-oslo'), more: [RADIUS] },
    { not: ['push-disabled', 'push-address-missing', 'two-factor-not-assigned', 'token-not-mobile'] },
  ),
  device(
    'a token that nobody holds is locked and another has expired',
    {
      fortitoken: [
        ...base.fortitoken,
        ...entry('FTKMOB00000000A1', 'set license "EFTM000000007712"', 'set status lock'),
        ...entry(
          'FTKMOB00000000A2',
          'set license "EFTM000000007712"',
          'set activation-code "XXXXXXXXXXXXXXXX"',
          'set activation-expire 1735700000',
        ),
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'an LDAP user with a token, named in the group, its server not',
    {
      local: entry(
        'pilar',
        'set type ldap',
        'set two-factor fortitoken',
        'set fortitoken "FTKMOB7A11C0DE01"',
        'set email-to "pilar@quillfen.example"',
        'set username-sensitivity disable',
        'set ldap-server "dc-oslo"',
      ),
      more: [
        [
          'user ldap',
          entry(
            'dc-oslo',
            'set server "192.168.40.10"',
            'set cnid "sAMAccountName"',
            'set dn "dc=quillfen,dc=example"',
          ),
        ],
      ],
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'a token user beside a second token user',
    {
      fortitoken: [
        ...base.fortitoken,
        ...entry(
          'FTKMOB7A11C0DE02',
          'set license "EFTM000000007711"',
          'set reg-id "aa11bb22cc33"',
          'set os-ver "16.0"',
        ),
      ],
      local: [...token('pilar', 'FTKMOB7A11C0DE01'), ...token('bruno', 'FTKMOB7A11C0DE02')],
      group: GROUP('pilar', 'bruno'),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
];
