// A user is named, and others play no part.

import { base, cloud, eapDialup, plain, RADIUS, SWITCHED_OFF, token } from './configuration.ts';
import { device, dump, type Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  {
    id: 'a named user who is not there',
    user: 'pillar',
    files: dump(),
    expect: { notVerdict: 'healthy', says: /pillar[\s\S]*pilar/ },
  },
  {
    id: 'a named user who is there',
    user: 'pilar',
    files: dump(),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  {
    id: 'a named user, the fault is of someone else',
    user: 'pilar',
    files: dump({
      local: [
        ...base.local,
        'edit "tomas"',
        '    set type password',
        '    set passwd ENC qPz8Ww7Rr6Tt5',
        'next',
      ],
      group: ['edit "vpn-staff"', '    set member "pilar" "tomas"', 'next'],
    }),
    expect: { notVerdict: 'broken', not: ['two-factor-not-assigned'] },
  },
  {
    id: 'a wildcard RADIUS group may know the named user',
    user: 'inigo',
    files: dump({
      more: [
        [
          'user radius',
          [
            'edit "fac-oslo"',
            '    set server "192.168.40.9"',
            '    set secret ENC qqWWeeRRttYYuuII',
            '    set timeout 60',
            'next',
          ],
        ],
      ],
      group: ['edit "vpn-staff"', '    set member "pilar" "fac-oslo"', 'next'],
    }),
    expect: { notVerdict: 'healthy' },
  },
  device('guest in a group no VPN uses', {}, { verdict: 'healthy', not: ['two-factor-not-assigned'] }),
  device(
    'a disabled user of the VPN group',
    {
      local: [...base.local, ...plain('exstaff', 'set status disable')],
      group: ['edit "vpn-staff"', '    set member "pilar" "exstaff"', 'next'],
    },
    { verdict: 'healthy', not: ['two-factor-not-assigned'] },
  ),
  device(
    'a user in no group',
    { local: [...base.local, ...plain('printer')] },
    { verdict: 'healthy', not: ['two-factor-not-assigned'] },
  ),
  device(
    'a user of a group for Wi-Fi only',
    {
      local: [...base.local, ...plain('kiosk')],
      group: [...base.group, 'edit "wifi"', '    set member "kiosk"', 'next'],
    },
    { verdict: 'healthy', not: ['two-factor-not-assigned'] },
  ),
  device(
    'one of two VPN users lacks the second factor',
    {
      local: [...base.local, ...plain('tomas')],
      group: ['edit "vpn-staff"', '    set member "pilar" "tomas"', 'next'],
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'], says: /tomas/ },
  ),
  device(
    'asked for the user without',
    {
      local: [...base.local, ...plain('tomas')],
      group: ['edit "vpn-staff"', '    set member "pilar" "tomas"', 'next'],
    },
    { verdict: 'broken', first: 'two-factor-not-assigned' },
    'tomas',
  ),
  device(
    'named directly by the SSL VPN rule',
    {
      local: [...base.local, ...plain('tomas')],
      ssl: base.ssl.map((l) => l.replace('set groups "vpn-staff"', 'set users "tomas"')),
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'], says: /tomas/ },
  ),
  device(
    'named directly by the firewall policy',
    {
      local: [...base.local, ...plain('tomas')],
      policy: base.policy.map((l) => l.replace('set groups "vpn-staff"', 'set users "tomas"')),
      ssl: base.ssl.map((l) => l.replace('set groups "vpn-staff"', 'set users "tomas"')),
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'] },
  ),
  device(
    'reached only by authusrgrp of a phase 1',
    {
      version: '7.4.8',
      ssl: null,
      policy: null,
      local: plain('tomas'),
      group: ['edit "ipsec-users"', '    set member "tomas"', 'next'],
      more: [eapDialup('set authusrgrp "ipsec-users"')],
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'], says: /tomas/ },
  ),
  device(
    'hardware token of a user who is in no VPN group',
    { local: [...base.local, ...token('depot', 'FTK200A1B2C3D4E5')] },
    { verdict: 'healthy', not: ['token-not-mobile'] },
  ),
  device(
    'mail factor of a disabled user',
    {
      local: [
        ...base.local,
        ...plain(
          'exstaff',
          'set status disable',
          'set two-factor email',
          'set email-to "x@quillfen.example"',
        ),
      ],
      group: ['edit "vpn-staff"', '    set member "pilar" "exstaff"', 'next'],
    },
    { verdict: 'healthy', not: ['token-not-mobile'] },
  ),
  device(
    'every user is a cloud user, ftm-push off',
    { ftm: SWITCHED_OFF, local: cloud('pilar'), fortitoken: null },
    { not: ['push-disabled', 'push-address-missing'] },
  ),
  device(
    'every user is a cloud user, wan without ftm',
    { interface: base.interface.map((l) => l.replace(' ftm', '')), local: cloud('pilar'), fortitoken: null },
    { not: ['wan-ftm-access-missing'] },
  ),
  device(
    'cloud user asked for among token users, ftm-push off',
    {
      ftm: SWITCHED_OFF,
      local: [...base.local, ...cloud('ramon')],
      group: ['edit "vpn-staff"', '    set member "pilar" "ramon"', 'next'],
    },
    { not: ['push-disabled'] },
    'ramon',
  ),
  device(
    'token user asked for among cloud users, ftm-push off',
    {
      ftm: SWITCHED_OFF,
      local: [...base.local, ...cloud('ramon')],
      group: ['edit "vpn-staff"', '    set member "pilar" "ramon"', 'next'],
    },
    { verdict: 'broken', first: 'push-disabled' },
    'pilar',
  ),
  device(
    'cloud users and cloud push off',
    {
      version: '7.4.8',
      ftm: SWITCHED_OFF,
      global: [...base.global, 'set fortitoken-cloud-push-status disable'],
      local: cloud('pilar'),
      fortitoken: null,
    },
    { verdict: 'broken', first: 'fortitoken-cloud-disabled', not: ['push-disabled'] },
  ),
  device(
    'RADIUS users only, ftm-push off',
    {
      ftm: [],
      local: null,
      fortitoken: null,
      group: ['edit "vpn-staff"', '    set member "fac-oslo"', 'next'],
      more: [RADIUS],
    },
    { not: ['push-disabled', 'push-address-missing', 'two-factor-not-assigned'] },
  ),
  device(
    'a local name that the RADIUS server checks',
    {
      ftm: [],
      local: ['edit "ines"', '    set type radius', '    set radius-server "fac-oslo"', 'next'],
      fortitoken: null,
      group: ['edit "vpn-staff"', '    set member "ines"', 'next'],
      more: [RADIUS],
    },
    { not: ['two-factor-not-assigned', 'push-disabled'] },
  ),
  device(
    'RADIUS users and token users, ftm-push off',
    {
      ftm: SWITCHED_OFF,
      group: ['edit "vpn-staff"', '    set member "pilar" "fac-oslo"', 'next'],
      more: [RADIUS],
    },
    { verdict: 'broken', finds: ['push-disabled'] },
  ),
];
