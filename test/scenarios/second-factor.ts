// Users, their second factor, and the VPN they log in to.

import { base, plain, user } from './configuration.ts';
import { device, type Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  device(
    'RC43 hardware token',
    {
      local: user('set type password', 'set two-factor fortitoken', 'set fortitoken "FTK200A1B2C3D4E5"'),
      fortitoken: ['edit "FTK200A1B2C3D4E5"', 'next'],
    },
    { verdict: 'broken', finds: ['token-not-mobile'], hop: 'second-factor' },
  ),
  device(
    'RC43 second factor by mail',
    { local: user('set type password', 'set two-factor email', 'set email-to "pilar@quillfen.example"') },
    { verdict: 'broken', finds: ['token-not-mobile'] },
  ),
  device(
    'RC48 RADIUS in every group, the token users are local',
    {
      more: [
        [
          'user radius',
          [
            'edit "rad-lyon"',
            '    set server "192.168.40.9"',
            '    set secret ENC qqWWeeRRttYYuuII',
            '    set all-usergroup enable',
            'next',
          ],
        ],
      ],
    },
    { verdict: 'healthy' },
  ),
  device(
    'RC46 LDAP server in the VPN group beside the token user',
    {
      more: [
        [
          'user ldap',
          [
            'edit "DC-oslo"',
            '    set server "192.168.40.10"',
            '    set cnid "sAMAccountName"',
            '    set dn "dc=quillfen,dc=example"',
            '    set type regular',
            'next',
          ],
        ],
      ],
      local: user(
        'set type ldap',
        'set two-factor fortitoken',
        'set fortitoken "FTKMOB7A11C0DE01"',
        'set email-to "p@quillfen.example"',
        'set ldap-server "DC-oslo"',
      ),
      group: ['edit "vpn-staff"', '    set member "pilar" "DC-oslo"', 'next'],
    },
    { verdict: 'broken', finds: ['remote-group-bypasses-2fa'] },
  ),
  device(
    'RC52 the only VPN user has no second factor',
    { local: user('set type password') },
    { verdict: 'broken', finds: ['two-factor-not-assigned'], hop: 'second-factor' },
  ),
  device(
    'RC52 fortitoken without a serial',
    { local: user('set type password', 'set two-factor fortitoken') },
    { verdict: 'broken', finds: ['two-factor-not-assigned'] },
  ),
  device(
    'RC66 cloud user, cloud off',
    {
      global: [...base.global, 'set fortitoken-cloud disable'],
      local: user(
        'set type password',
        'set two-factor fortitoken-cloud',
        'set email-to "p@quillfen.example"',
      ),
    },
    { verdict: 'broken', finds: ['fortitoken-cloud-disabled'] },
  ),
  device(
    'RC36 token locked in the backup',
    { fortitoken: ['edit "FTKMOB7A11C0DE01"', '    set status lock', ...base.fortitoken.slice(1)] },
    { verdict: 'broken', finds: ['token-locked'], hop: 'token' },
  ),
  device(
    'RC35 activation window over',
    {
      fortitoken: [
        'edit "FTKMOB7A11C0DE01"',
        '    set license "EFTM000000007711"',
        '    set activation-code "XXXXXXXXXXXXXXXX"',
        '    set activation-expire 1735700000',
        'next',
      ],
    },
    { verdict: 'broken', finds: [['token-activation-expired', 'token-not-activated']], hop: 'token' },
  ),
  device(
    'user with DOMAIN\\\\name',
    {
      local: [...base.local, ...plain('QUILL\\\\ana')],
      group: ['edit "vpn-staff"', '    set member "pilar" "QUILL\\\\ana"', 'next'],
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'] },
  ),
  device(
    'user with a space',
    {
      local: [...base.local, ...plain('ana maria')],
      group: ['edit "vpn-staff"', '    set member "pilar" "ana maria"', 'next'],
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'], says: /ana maria/ },
  ),
  device(
    'LDAP token user while RADIUS is in every group',
    {
      more: [
        [
          'user ldap',
          [
            'edit "DC-oslo"',
            '    set server "192.168.40.10"',
            '    set cnid "sAMAccountName"',
            '    set dn "dc=q"',
            'next',
          ],
        ],
        [
          'user radius',
          [
            'edit "rad-lyon"',
            '    set server "192.168.40.9"',
            '    set secret ENC qqWW',
            '    set all-usergroup enable',
            'next',
          ],
        ],
      ],
      local: [
        'edit "pilar"',
        '    set type ldap',
        '    set two-factor fortitoken',
        '    set fortitoken "FTKMOB7A11C0DE01"',
        '    set email-to "p@quillfen.example"',
        '    set ldap-server "DC-oslo"',
        'next',
      ],
    },
    { verdict: 'broken', finds: ['radius-all-usergroup'] },
  ),
  device(
    'LDAP user, case-sensitive name',
    {
      version: '7.2.8',
      more: [
        [
          'user ldap',
          [
            'edit "DC-oslo"',
            '    set server "192.168.40.10"',
            '    set cnid "sAMAccountName"',
            '    set dn "dc=q"',
            'next',
          ],
        ],
      ],
      local: [
        'edit "pilar"',
        '    set type ldap',
        '    set two-factor fortitoken',
        '    set fortitoken "FTKMOB7A11C0DE01"',
        '    set email-to "p@quillfen.example"',
        '    set ldap-server "DC-oslo"',
        'next',
      ],
    },
    { not: ['remote-group-bypasses-2fa'] },
  ),
  device(
    'email factor as the only one, cloud second',
    {
      local: [
        'edit "pilar"',
        '    set type password',
        '    set two-factor sms',
        '    set sms-phone "+34600000000"',
        'next',
      ],
    },
    { finds: ['token-not-mobile'] },
  ),
  device(
    'token serial that is not in the table',
    { local: base.local.map((x) => x.replace('C0DE01', 'C0DE77')) },
    { notVerdict: 'broken' },
  ),
];
