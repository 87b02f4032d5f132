// The push service itself: switched on, an address, a certificate, the ports.

import { base, CERT, dialup, wan } from './configuration.ts';
import { device, type Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  device('sound backup 7.2.8', {}, { verdict: 'healthy', noFindings: true }),
  device('sound backup 7.4.8', { version: '7.4.8' }, { verdict: 'healthy', noFindings: true }),
  device(
    'sound backup, default certificate of 7.4.4+',
    { version: '7.4.8', ftm: ['set server "198.51.100.20"', 'set status enable'] },
    { noFindings: true, notVerdict: 'broken' },
  ),
  device(
    'sound backup 6.4.5 with server-ip',
    { version: '6.4.5', ftm: ['set server-ip 198.51.100.20', 'set status enable'] },
    { not: ['push-legacy-server-ip', 'push-address-missing'], notVerdict: 'broken' },
  ),
  device(
    '7.6.4 with interface instead of server',
    {
      version: '7.6.4',
      ftm: ['set interface "wan1"', 'set server-cert "Fortinet_GUI_Server"', 'set status enable'],
    },
    { not: ['push-address-missing', 'push-address-conflict'], notVerdict: 'broken' },
  ),
  device(
    'RC01 status left at its default',
    { ftm: ['set server-cert "Fortinet_Factory"', 'set server "198.51.100.20"'] },
    { verdict: 'broken', finds: ['push-disabled'], hop: 'push-service' },
  ),
  device(
    'RC01 status disable written out',
    { ftm: [...base.ftm.slice(0, 2), 'set status disable'] },
    { verdict: 'broken', first: 'push-disabled' },
  ),
  device(
    'RC02 no address',
    { ftm: ['set status enable'] },
    { verdict: 'broken', finds: ['push-address-missing'], hop: 'push-service' },
  ),
  device(
    'RC03 server-ip on 7.0.12',
    {
      version: '7.0.12',
      ftm: ['set server-cert "Fortinet_Factory"', 'set server-ip 198.51.100.20', 'set status enable'],
    },
    { verdict: 'broken', finds: [['push-legacy-server-ip', 'push-address-missing']], hop: 'push-service' },
  ),
  device(
    'RC03 server-ip on 6.4.12',
    { version: '6.4.12', ftm: ['set server-ip 198.51.100.20', 'set status enable'] },
    { verdict: 'broken', finds: ['push-legacy-server-ip'] },
  ),
  device(
    'RC04 server and interface on 7.6.4',
    {
      version: '7.6.4',
      ftm: [
        'set interface "wan1"',
        'set server "198.51.100.20"',
        'set server-cert "Fortinet_GUI_Server"',
        'set status enable',
      ],
    },
    { verdict: 'broken', finds: ['push-address-conflict'] },
  ),
  device(
    'RC05 empty certificate',
    { ftm: ["set server-cert ''", ...base.ftm.slice(1)] },
    { verdict: 'broken', finds: ['push-cert-missing'], hop: 'tls' },
  ),
  device(
    'RC05 cannot be on 6.2',
    { version: '6.2.9', ftm: ['set server-ip 198.51.100.20', 'set status enable'] },
    { not: ['push-cert-missing', 'push-legacy-server-ip'], notVerdict: 'broken' },
  ),
  device(
    'RC12 IKE over TCP on 4433',
    {
      version: '7.4.8',
      more: [
        ['system settings', ['set ike-tcp-port 4433']],
        dialup(
          'set ike-version 2',
          'set peertype any',
          'set transport tcp',
          'set eap enable',
          'set eap-identity send-request',
          'set authusrgrp "vpn-staff"',
        ),
      ],
    },
    { verdict: 'broken', finds: ['port-conflict-ike-tcp'] },
  ),
  device(
    'RC13 server is RFC 1918',
    {
      ftm: [CERT, 'set server "10.5.18.253"', 'set status enable'],
      interface: wan('set ip 10.5.18.253 255.255.255.0', 'set allowaccess ping ftm'),
    },
    { verdict: 'broken', finds: ['push-address-private'], hop: 'callback' },
  ),
  device(
    'RC13 server is CGNAT',
    {
      ftm: [CERT, 'set server "100.72.3.4"', 'set status enable'],
      interface: wan('set ip 100.72.3.4 255.255.255.0', 'set allowaccess ping ftm'),
    },
    { verdict: 'broken', finds: ['push-address-private'] },
  ),
  device(
    'RC33 cloud communication off',
    { global: [...base.global, 'set cloud-communication disable'] },
    { verdict: 'inconclusive', noFindings: true, says: /cloud-communication/ },
  ),
];
