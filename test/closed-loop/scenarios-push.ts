import { testCertificate } from '../fixtures/certificates/test-certificate.ts';
import { addressLine, interfaceLines, internal, sslVpn, wan } from './device.ts';
import { loginLog } from './login-log.ts';
import { type Scenario, since } from './scenario.ts';

const PUBLIC = { 'public-ip-or-fqdn': '198.51.100.10', 'public-ip': '198.51.100.10' };

/** Rules about the push service itself, its address, port and certificate. */
export const PUSH_SCENARIOS: readonly Scenario[] = [
  {
    rule: 'push-disabled',
    name: 'off, with an address',
    broken: (version) => ({ 'system ftm-push': [addressLine(version)] }),
  },
  {
    rule: 'push-disabled',
    name: 'off, and never configured',
    broken: () => ({ 'system ftm-push': [] }),
  },
  {
    rule: 'push-address-missing',
    name: 'on, without an address',
    broken: () => ({ 'system ftm-push': ['set status enable'] }),
    noWayBack: 'FortiOS refuses to keep push on without an address',
  },
  {
    rule: 'push-address-missing',
    name: 'on, and the WAN gets its address from a provider',
    broken: () => ({
      'system interface': [
        'edit "wan1"',
        'set vdom "root"',
        'set mode dhcp',
        'set allowaccess ping ftm',
        'set role wan',
        'next',
        ...internal('ping', 'https', 'ssh'),
      ],
      'system ftm-push': ['set status enable'],
    }),
    fill: PUBLIC,
    noWayBack: 'FortiOS refuses to keep push on without an address',
  },
  {
    rule: 'push-legacy-server-ip',
    name: 'only server-ip',
    bands: since('6.4.12'),
    broken: () => ({ 'system ftm-push': ['set server-ip 198.51.100.10', 'set status enable'] }),
    noWayBack: 'FortiOS refuses an address in server-ip alone',
  },
  {
    rule: 'push-address-conflict',
    name: 'server and server-ip',
    bands: since('6.4.12'),
    broken: () => ({
      'system ftm-push': ['set server-ip 203.0.113.7', 'set server "198.51.100.10"', 'set status enable'],
    }),
    noWayBack: 'FortiOS refuses the second address',
  },
  {
    rule: 'push-address-conflict',
    name: 'server and interface',
    bands: since('7.6.4'),
    broken: () => ({
      'system ftm-push': ['set interface "internal"', 'set server "198.51.100.10"', 'set status enable'],
    }),
    noWayBack: 'FortiOS refuses the second address',
  },
  {
    rule: 'push-cert-missing',
    name: 'no certificate',
    bands: since('6.4.5'),
    broken: (version) => ({
      'system ftm-push': [addressLine(version), "set server-cert ''", 'set status enable'],
    }),
  },
  {
    rule: 'push-cert-untrusted',
    name: 'the phone refuses a company certificate',
    bands: since('6.4.5'),
    broken: (version) => ({
      'system ftm-push': [addressLine(version), 'set server-cert "office-wildcard"', 'set status enable'],
      'vpn certificate local': ['edit "office-wildcard"', 'set comments "company"', 'next'],
    }),
    pasted: (device) => ({
      login: loginLog({
        vpnWait: 80,
        tokenWait: 60,
        ...(device.value('system ftm-push', 'server-cert', '') === 'office-wildcard'
          ? { alert: '0x22e' }
          : { answered: 7 }),
      }),
    }),
  },
  ...(['self-signed', 'public-expired'] as const).map(
    (certificate): Scenario => ({
      rule: 'push-cert-untrusted',
      name: `a certificate that is ${certificate}`,
      bands: since('6.4.5'),
      broken: (version) => ({
        'system ftm-push': [addressLine(version), 'set server-cert "push-own"', 'set status enable'],
        'vpn certificate local': [
          'edit "push-own"',
          `set certificate "${testCertificate(certificate)}"`,
          'next',
        ],
      }),
    }),
  ),
  {
    rule: 'push-address-private',
    name: 'a private address',
    broken: (version) => ({ 'system ftm-push': [addressLine(version, '10.5.18.20'), 'set status enable'] }),
  },
  {
    rule: 'push-address-private',
    name: 'an interface with a private address',
    bands: since('7.6.4'),
    broken: () => ({ 'system ftm-push': ['set interface "internal"', 'set status enable'] }),
  },
  {
    rule: 'push-address-stale',
    name: 'the WAN got another address',
    broken: (version) => ({
      'system interface': [
        'edit "wan1"',
        'set vdom "root"',
        'set mode dhcp',
        'set allowaccess ping ftm',
        'set role wan',
        'next',
        ...internal('ping', 'https', 'ssh'),
      ],
      'system ftm-push': [addressLine(version), 'set status enable'],
    }),
    outputs: {
      'get system interface physical': [
        '== [onboard]',
        '\t==[wan1]',
        '\t\tmode: dhcp',
        '\t\tip: 203.0.113.99 255.255.255.0',
        '\t\tstatus: up',
        '\t==[internal]',
        '\t\tmode: static',
        '\t\tip: 192.168.10.1 255.255.255.0',
        '\t\tstatus: up',
      ].join('\n'),
    },
    fill: { 'ddns-fqdn': 'fgt.example.net', 'public-ip': '203.0.113.99' },
  },
  {
    rule: 'push-fqdn-mismatch',
    name: 'the DDNS entry follows another interface',
    bands: since('6.4.12'),
    broken: () => ({
      'system interface': [
        ...wan('ping', 'ftm'),
        ...interfaceLines('wan2', '203.0.113.20', 'wan', ['ping']),
        ...internal('ping', 'https'),
      ],
      'system ddns': [
        'edit 1',
        'set ddns-server FortiGuardDDNS',
        'set ddns-domain "fgt.example.net"',
        'set monitor-interface "wan2"',
        'next',
      ],
      'system ftm-push': ['set server "fgt.example.net"', 'set status enable'],
    }),
  },
  {
    rule: 'port-conflict-admin-https',
    name: 'the admin page has the port',
    broken: (version) => ({
      'system global': ['set hostname "FGT-EDGE"', 'set admin-sport 4433'],
      'system ftm-push': [addressLine(version), 'set status enable'],
    }),
  },
  {
    rule: 'port-conflict-ssl-vpn',
    name: 'SSL VPN has the port',
    broken: () => ({ 'vpn ssl settings': sslVpn(4433) }),
  },
  {
    rule: 'port-conflict-vip',
    name: 'a virtual IP forwards the port',
    broken: () => ({
      'firewall vip': [
        'edit "web"',
        'set extip 198.51.100.10',
        'set mappedip "192.168.10.20"',
        'set extintf "wan1"',
        'set portforward enable',
        'set extport 4433',
        'set mappedport 4433',
        'next',
      ],
    }),
  },
  {
    rule: 'port-conflict-vip',
    name: 'a virtual IP forwards a range',
    broken: () => ({
      'firewall vip': [
        'edit "range"',
        'set extip 198.51.100.10',
        'set mappedip "192.168.10.20"',
        'set extintf "wan1"',
        'set portforward enable',
        'set extport 4000-9000',
        'set mappedport 4000-9000',
        'next',
      ],
    }),
  },
  {
    rule: 'port-conflict-vip',
    name: 'a virtual IP takes every port',
    broken: () => ({
      'firewall vip': [
        'edit "server"',
        'set extip 198.51.100.10',
        'set mappedip "192.168.10.20"',
        'set extintf "wan1"',
        'next',
      ],
    }),
    fill: { 'port-of-the-inside-host': '443' },
  },
  {
    rule: 'port-conflict-ike-tcp',
    name: 'IKE over TCP has the port',
    bands: since('7.4.3'),
    broken: (version) => ({
      'system ftm-push': [addressLine(version), 'set server-port 4500', 'set status enable'],
      'system settings': ['set ike-tcp-port 4500'],
      'vpn ipsec phase1-interface': [
        'edit "dialup"',
        'set type dynamic',
        'set interface "wan1"',
        'set ike-version 2',
        'set transport tcp',
        'next',
      ],
    }),
  },
  {
    rule: 'push-port-mismatch',
    name: 'the device in front forwards the old port',
    broken: (version) => ({
      'system ftm-push': [addressLine(version), 'set server-port 10444', 'set status enable'],
    }),
    pasted: (device): Readonly<Record<string, string>> => {
      const listens = device.value('system ftm-push', 'server-port', '4433') === '4433';
      return {
        login: loginLog({ vpnWait: 80, tokenWait: 60, ...(listens ? { answered: 7 } : {}) }),
        sniffer: [
          'interfaces=[any]',
          'filters=[tcp port 10444 or tcp port 4433]',
          '2026-03-02 09:12:13.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211',
          '',
          '1 packets received by filter',
          '0 packets dropped by kernel',
        ].join('\n'),
      };
    },
  },
  {
    rule: 'fortiguard-proxy-wrong',
    name: 'the FortiGuard proxy does not pass pushes on',
    bands: since('7.4.1'),
    broken: (version) => ({
      'system fortiguard': ['set proxy-server-ip "192.0.2.80"', 'set proxy-server-port 8080'],
      'system ftm-push': [addressLine(version), 'set status enable'],
    }),
    pasted: (device): Readonly<Record<string, string>> => {
      const used = device.value('system ftm-push', 'proxy', 'enable') === 'enable';
      return {
        login: loginLog({
          vpnWait: 80,
          tokenWait: 60,
          ...(used ? { pushServer: '192.0.2.80', pushSent: false } : { answered: 7 }),
        }),
      };
    },
  },
  {
    rule: 'wrong-vdom-scope',
    name: 'typed in a VDOM',
    vdoms: 'only',
    broken: () => ({ 'system ftm-push': [] }),
    pasted: (device): Readonly<Record<string, string>> => {
      const done = device.value('system ftm-push', 'status', 'disable') === 'enable';
      return done ? {} : { typed: TYPED_IN_VDOM };
    },
  },
];

const TYPED_IN_VDOM = [
  'FGT-EDGE # config vdom',
  '',
  'FGT-EDGE (vdom) # edit root',
  'current vf=root:0',
  '',
  'FGT-EDGE (root) # config system ftm-push',
  "command parse error before 'ftm-push'",
  'Command fail. Return code 1',
  '',
  'FGT-EDGE (root) # end',
].join('\n');
