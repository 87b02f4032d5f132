// What stands between the phone and the push service on the FortiGate.

import { base, entry, IP, trustedAdmin, vip, vipEntry, wan } from './configuration.ts';
import { device, dump, type Scenario } from './scenario.ts';

const admin = (...settings: readonly string[]) =>
  entry('admin', 'set accprofile "super_admin"', 'set vdom "root"', ...settings);

export const scenarios: readonly Scenario[] = [
  device(
    'RC07 no ftm on wan1',
    { interface: wan(IP, 'set allowaccess ping https') },
    { verdict: 'broken', first: 'wan-ftm-access-missing', hop: 'callback', quotes: /allowaccess ping https/ },
  ),
  device(
    'RC07 no allowaccess at all',
    { interface: wan(IP) },
    { verdict: 'broken', finds: ['wan-ftm-access-missing'] },
  ),
  device(
    'RC24 ftm on the other WAN',
    {
      interface: [
        ...wan(IP, 'set allowaccess ping'),
        'edit "wan2"',
        '    set vdom "root"',
        '    set ip 203.0.113.9 255.255.255.0',
        '    set allowaccess ping ftm',
        'next',
      ],
    },
    { verdict: 'broken', finds: [['ftm-access-wrong-interface', 'wan-ftm-access-missing']] },
  ),
  device(
    'ftm on a second IP of wan1',
    {
      interface: wan(
        IP,
        'set allowaccess ping',
        'set secondary-IP enable',
        'config secondaryip',
        '    edit 1',
        '        set ip 198.51.100.21 255.255.255.0',
        '        set allowaccess ping ftm',
        '    next',
        'end',
      ),
      ftm: ['set server-cert "Fortinet_Factory"', 'set server "198.51.100.21"', 'set status enable'],
    },
    { not: ['wan-ftm-access-missing', 'ftm-access-wrong-interface', 'push-address-stale'] },
  ),
  device(
    'RC08 all admins trusted',
    {
      admin: [
        ...trustedAdmin('admin', '192.168.40.0 255.255.255.0'),
        ...trustedAdmin('nadia', '10.9.0.0 255.255.0.0'),
      ],
    },
    { verdict: 'broken', finds: ['admin-trusthost-blocks-callback'], hop: 'callback' },
  ),
  device(
    'RC08 one admin with 0.0.0.0/0',
    {
      admin: [
        ...trustedAdmin('admin', '192.168.40.0 255.255.255.0'),
        ...trustedAdmin('nadia', '0.0.0.0 0.0.0.0'),
      ],
    },
    { not: ['admin-trusthost-blocks-callback'], verdict: 'healthy' },
  ),
  device(
    'RC08 one admin without',
    { admin: [...trustedAdmin('nadia', '10.9.0.0 255.255.0.0'), ...base.admin] },
    { not: ['admin-trusthost-blocks-callback'], verdict: 'healthy' },
  ),
  device(
    'RC09 admin-sport 4433',
    { global: ['set hostname "fgt-orchid-01"', 'set admin-sport 4433'] },
    { verdict: 'broken', finds: ['port-conflict-admin-https'], hop: 'callback' },
  ),
  device(
    'RC09 admin-sport 4433, push on 4434',
    {
      global: ['set hostname "fgt-orchid-01"', 'set admin-sport 4433'],
      ftm: [...base.ftm, 'set server-port 4434'],
    },
    { not: ['port-conflict-admin-https'] },
  ),
  device(
    'RC10 SSL VPN on 4433 of wan1',
    { ssl: base.ssl.map((l) => l.replace('10443', '4433')) },
    { verdict: 'broken', finds: ['port-conflict-ssl-vpn'] },
  ),
  device(
    'RC10 SSL VPN on 4433 of another interface',
    { ssl: base.ssl.map((l) => l.replace('10443', '4433').replace('"wan1"', '"internal"')) },
    { not: ['port-conflict-ssl-vpn'] },
  ),
  device(
    'RC11 one-to-one VIP on the push address',
    { more: vip('set extip 198.51.100.20', 'set extintf "wan1"', 'set mappedip "192.168.40.5"') },
    { verdict: 'broken', finds: ['port-conflict-vip'] },
  ),
  device(
    'RC11 VIP forwarding a port range over 4433',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set protocol tcp',
        'set extport 4000-5000',
        'set mappedip "192.168.40.5"',
        'set mappedport 4000-5000',
      ),
    },
    { verdict: 'broken', finds: ['port-conflict-vip'] },
  ),
  device(
    'RC11 VIP of port 443',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set extport 443',
        'set mappedip "192.168.40.5"',
        'set mappedport 443',
      ),
    },
    { not: ['port-conflict-vip'], verdict: 'healthy' },
  ),
  device(
    'RC11 VIP of UDP 4433',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set protocol udp',
        'set extport 4433',
        'set mappedip "192.168.40.5"',
        'set mappedport 4433',
      ),
    },
    { not: ['port-conflict-vip'], verdict: 'healthy' },
  ),
  device(
    'RC11 VIP switched off',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set mappedip "192.168.40.5"',
        'set status disable',
      ),
    },
    { not: ['port-conflict-vip'] },
  ),
  device(
    'RC11 VIP of another address',
    { more: vip('set extip 198.51.100.44', 'set extintf "wan1"', 'set mappedip "192.168.40.5"') },
    { not: ['port-conflict-vip'], verdict: 'healthy' },
  ),
  device(
    'SSH for administrators listens on 4433 of wan1',
    {
      global: [...base.global, 'set admin-ssh-port 4433'],
      interface: wan(IP, 'set allowaccess ping https ssh ftm'),
    },
    { notVerdict: 'healthy' },
  ),
  device(
    'trusthost5 set, others not',
    { admin: admin('set trusthost5 192.168.40.0 255.255.255.0') },
    { finds: ['admin-trusthost-blocks-callback'] },
  ),
  device(
    'SSL VPN switched off on port 4433',
    { ssl: ['set status disable', ...base.ssl.map((x) => x.replace('10443', '4433'))] },
    { not: ['port-conflict-ssl-vpn'] },
  ),
  device(
    'push on 443 and SSL VPN on 443',
    {
      ftm: [...base.ftm, 'set server-port 443'],
      ssl: base.ssl.filter((x) => !x.startsWith('set port')).concat('set port 443'),
    },
    { finds: ['port-conflict-ssl-vpn'] },
  ),
  device(
    'push on 443 and GUI on its default',
    { ftm: [...base.ftm, 'set server-port 443'], global: ['set hostname "fgt-orchid-01"'] },
    { finds: ['port-conflict-admin-https'] },
  ),
  device(
    'VIP extip 0.0.0.0 forwards 4433',
    {
      more: [
        vipEntry(
          'set extip 0.0.0.0',
          'set extintf "wan1"',
          'set portforward enable',
          'set mappedip "192.168.40.7"',
          'set extport 4433',
          'set mappedport 4433',
        ),
      ],
    },
    { finds: ['port-conflict-vip'] },
  ),
  device(
    'VIP range of addresses holds the push address',
    {
      more: [
        vipEntry(
          'set extip 198.51.100.16-198.51.100.31',
          'set extintf "any"',
          'set mappedip "192.168.40.16-192.168.40.31"',
        ),
      ],
    },
    { finds: ['port-conflict-vip'] },
  ),
  device(
    'VIP on another interface',
    { more: [vipEntry('set extip 198.51.100.20', 'set extintf "internal"', 'set mappedip "192.168.40.7"')] },
    { not: ['port-conflict-vip'] },
  ),
  device(
    'interface wan1 is down',
    { interface: wan(IP, 'set allowaccess ping ftm', 'set status down') },
    { notVerdict: 'healthy' },
  ),
  {
    id: 'VIP evidence quotes its port',
    files: dump({
      more: [
        [
          'firewall vip',
          [
            'edit "cam"',
            '    set comment "old camera"',
            '    set extip 198.51.100.20',
            '    set extintf "wan1"',
            '    set portforward enable',
            '    set mappedip "192.168.40.6"',
            '    set extport 4433',
            '    set mappedport 8443',
            'next',
          ],
        ],
      ],
    }),
    expect: { finds: ['port-conflict-vip'], quotes: /extport 4433/ },
  },
];
