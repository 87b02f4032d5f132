import { addressLine, interfaceLines, internal, wan } from './device.ts';
import { loginLog } from './login-log.ts';
import { type Scenario, since } from './scenario.ts';

const FLOW = 'id=20085 trace_id=4 func=';

/** Rules about the way of the phone's answer, and of the push to its server. */
export const PATH_SCENARIOS: readonly Scenario[] = [
  {
    rule: 'wan-ftm-access-missing',
    name: 'the WAN does not accept ftm',
    broken: () => ({ 'system interface': [...wan('ping', 'https'), ...internal('ping', 'https', 'ssh')] }),
  },
  {
    rule: 'wan-ftm-access-missing',
    name: 'no interface accepts ftm, and none is known as the WAN',
    broken: (version) => ({
      'system interface': [
        ...interfaceLines('port1', '10.20.0.2', 'undefined', ['ping']),
        ...interfaceLines('port2', '192.168.10.1', 'undefined', ['ping', 'https']),
      ],
      'system ftm-push': [addressLine(version, '192.0.2.200'), 'set status enable'],
      'vpn ssl settings': [],
    }),
    fill: { 'wan-interface': 'port1' },
  },
  {
    rule: 'ftm-access-wrong-interface',
    name: 'the inside accepts ftm, the WAN does not',
    broken: () => ({ 'system interface': [...wan('ping'), ...internal('ping', 'https', 'ftm')] }),
  },
  {
    rule: 'ftm-access-wrong-interface',
    name: 'the other WAN accepts ftm',
    broken: () => ({
      'system interface': [
        ...wan('ping'),
        ...interfaceLines('wan2', '203.0.113.20', 'wan', ['ping', 'ftm']),
        ...internal('ping', 'https'),
      ],
    }),
  },
  {
    rule: 'admin-trusthost-blocks-callback',
    name: 'every administrator has trusted hosts',
    broken: () => ({
      'system admin': [
        'edit "admin"',
        'set trusthost1 10.0.0.0 255.0.0.0',
        'set accprofile "super_admin"',
        'set vdom "root"',
        'next',
      ],
    }),
    fill: { 'long-random-password': 'Example-only-4711' },
  },
  {
    rule: 'admin-trusthost-blocks-callback',
    name: 'the profile of the fix is there already, and used',
    broken: () => ({
      'system accprofile': ['edit "ftm_no_access"', 'next'],
      'system admin': [
        'edit "admin"',
        'set trusthost1 10.0.0.0 255.0.0.0',
        'set accprofile "super_admin"',
        'set vdom "root"',
        'next',
        'edit "other"',
        'set trusthost1 10.0.0.0 255.0.0.0',
        'set accprofile "ftm_no_access"',
        'set vdom "root"',
        'next',
      ],
    }),
    fill: { 'long-random-password': 'Example-only-4711' },
  },
  {
    rule: 'admin-trusthost-blocks-callback',
    name: 'the administrator of the fix is there already, with trusted hosts',
    broken: () => ({
      'system admin': [
        'edit "ftm-callback"',
        'set trusthost1 10.0.0.0 255.0.0.0',
        'set accprofile "super_admin"',
        'set vdom "root"',
        'next',
      ],
    }),
    fill: { 'long-random-password': 'Example-only-4711' },
  },
  {
    rule: 'local-in-policy-denies',
    name: 'a policy denies everything on the WAN',
    broken: () => ({
      'firewall local-in-policy': [
        'edit 7',
        'set intf "wan1"',
        'set srcaddr "all"',
        'set dstaddr "all"',
        'set service "ALL"',
        'set schedule "always"',
        'next',
      ],
    }),
  },
  {
    rule: 'callback-hairpin',
    name: 'a phone inside is refused',
    broken: () => ({}),
    pasted: (device): Readonly<Record<string, string>> => {
      const open = device.entry('system interface', 'internal', 'allowaccess').includes('ftm');
      const packet = `${FLOW}print_pkt_detail line=5501 msg="vd-root:0 received a packet(proto=6, 192.168.10.60:51522->198.51.100.10:4433) from internal. flag [S], seq 2870211, ack 0, win 65535"`;
      const drop = `${FLOW}fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 0, drop"`;
      return open
        ? { login: loginLog({ vpnWait: 80, tokenWait: 60, answered: 7 }) }
        : { flow: `${packet}\n${drop}` };
    },
  },
  {
    rule: 'push-dns-failure',
    name: 'no DNS server',
    broken: () => ({ 'system dns': ['set primary 0.0.0.0', 'set secondary 0.0.0.0'] }),
    fill: { 'dns-server-1': '192.0.2.53', 'dns-server-2': '192.0.2.54' },
  },
  {
    rule: 'push-dns-failure',
    name: 'a DNS server that does not answer',
    broken: () => ({ 'system dns': ['set primary 192.0.2.66', 'set secondary 192.0.2.67'] }),
    behaviour: { deadDnsServers: ['192.0.2.66', '192.0.2.67'] },
    fill: { 'dns-server-1': '192.0.2.53', 'dns-server-2': '192.0.2.54' },
  },
  {
    rule: 'cloud-communication-disabled',
    name: 'the device talks to no cloud',
    bands: since('6.2.9'),
    broken: () => ({ 'system global': ['set hostname "FGT-EDGE"', 'set cloud-communication disable'] }),
    pasted: (device): Readonly<Record<string, string>> => {
      const off = device.value('system global', 'cloud-communication', 'enable') === 'disable';
      return {
        login: loginLog({ vpnWait: 80, tokenWait: 60, ...(off ? { pushSent: false } : { answered: 7 }) }),
      };
    },
  },
];
