// Configurations in which nothing is wrong, though something looks like it: none may be accused.

import { base, CERT, entry, IP, trustedAdmin, vip, wan } from './configuration.ts';
import { device, type Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  device(
    'trusted hosts that are the whole Internet restrict nobody',
    {
      admin: [
        ...trustedAdmin('admin', '192.168.40.0 255.255.255.0'),
        ...trustedAdmin('night', '0.0.0.0 0.0.0.0'),
      ],
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'two trusted halves are the whole Internet',
    {
      admin: entry(
        'admin',
        'set accprofile "super_admin"',
        'set trusthost1 0.0.0.0 128.0.0.0',
        'set trusthost2 128.0.0.0 128.0.0.0',
      ),
    },
    { not: ['admin-trusthost-blocks-callback'], notVerdict: 'broken' },
  ),
  device(
    'a port forward of UDP 4433 takes no TCP',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set protocol udp',
        'set extport 4433',
        'set mappedip "192.168.40.9"',
        'set mappedport 4433',
      ),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a 1:1 VIP for a neighbouring address',
    {
      more: vip('set extip 198.51.100.21', 'set extintf "wan1"', 'set mappedip "192.168.40.9"'),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a port forward of HTTPS only',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "any"',
        'set portforward enable',
        'set extport 443',
        'set mappedip "192.168.40.9"',
        'set mappedport 443',
      ),
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a VIP that is switched off',
    {
      more: vip(
        'set status disable',
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set mappedip "192.168.40.9"',
      ),
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'SSL VPN on 4433, but on another interface than the push address',
    {
      interface: [
        ...base.interface,
        ...entry('dmz', 'set vdom "root"', 'set ip 203.0.113.5 255.255.255.0', 'set allowaccess ping'),
      ],
      ssl: base.ssl.map((line) =>
        line === 'set port 10443'
          ? 'set port 4433'
          : line === 'set source-interface "wan1"'
            ? 'set source-interface "dmz"'
            : line,
      ),
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'server-port moved away from a VIP on 4433',
    {
      ftm: [CERT, 'set server "198.51.100.20"', 'set server-port 4434', 'set status enable'],
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set extport 4433',
        'set mappedip "192.168.40.9"',
        'set mappedport 4433',
      ),
    },
    { not: ['port-conflict-vip'], notVerdict: 'broken' },
  ),
  device(
    'a local-in deny whose service is another port',
    {
      more: [
        ['firewall service custom', entry('OLD-8443', 'set tcp-portrange 8443')],
        [
          'firewall local-in-policy',
          [
            'edit 5',
            '    set intf "wan1"',
            '    set srcaddr "all"',
            '    set dstaddr "all"',
            '    set service "OLD-8443"',
            '    set schedule "always"',
            'next',
          ],
        ],
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'a local-in deny that is switched off',
    {
      more: [
        [
          'firewall local-in-policy',
          [
            'edit 5',
            '    set status disable',
            '    set intf "wan1"',
            '    set srcaddr "all"',
            '    set dstaddr "all"',
            '    set service "ALL"',
            '    set schedule "always"',
            'next',
          ],
        ],
      ],
    },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'the WAN has its address from DHCP',
    { interface: wan('set mode dhcp', 'set allowaccess ping ftm', 'set type physical') },
    { noFindings: true, verdict: 'inconclusive' },
  ),
  device(
    'SSL VPN on another port of the same interface as the push port plus one',
    { ssl: base.ssl.map((line) => (line === 'set port 10443' ? 'set port 4434' : line)) },
    { noFindings: true, verdict: 'healthy' },
  ),
  device(
    'the second address of the WAN takes the callback, and permits it',
    {
      interface: wan(
        'set ip 203.0.113.20 255.255.255.0',
        'set allowaccess ping',
        'set secondary-IP enable',
        'config secondaryip',
        '    edit 1',
        `        ${IP}`,
        '        set allowaccess ping ftm',
        '    next',
        'end',
      ),
    },
    { noFindings: true, notVerdict: 'broken' },
  ),
];
