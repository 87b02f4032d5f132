// A part of a configuration, or a break in an unusual place: no green without the rest, and the break is found.

import {
  backup,
  base,
  block as blockOf,
  CERT,
  entry,
  head,
  IP,
  part,
  plain,
  token,
  user,
  vip,
  wan,
} from './configuration.ts';
import { device, one, pasted, type Scenario, session } from './scenario.ts';
import { shell, status } from './terminal.ts';

const FTM = ['set server-port 4433', CERT, 'set server "198.51.100.20"', 'set status enable'];

/** A whole backup of two VDOMs; `edge` owns the WAN. */
function twoVdoms(edge: string, rootMore = ''): string {
  const wanOfEdge = part('interface').replace('set vdom "root"', 'set vdom "edge"');
  const global = `config global\n${part('global')}${wanOfEdge}${part('admin')}${part('dns')}${part('ftm')}${part('fortitoken')}end\n`;
  const root = `config vdom\nedit root\n${part('local')}${part('group')}${part('ssl')}${part('policy')}${rootMore}end\n`;
  return `${head('7.2.8', 'FGT60F', 1)}config vdom\nedit root\nnext\nedit edge\nnext\nend\n${global}${root}${edge}`;
}

const DENY_ALL = blockOf('firewall local-in-policy', [
  'edit 9',
  '    set intf "wan1"',
  '    set srcaddr "all"',
  '    set dstaddr "all"',
  '    set service "ALL"',
  '    set schedule "always"',
  'next',
]);

export const scenarios: readonly Scenario[] = [
  session(
    'three sound answers are not the whole device',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', blockOf('system ftm-push', FTM)],
      ['show system interface', part('interface')],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  pasted(
    'get system ftm-push alone, in order',
    `proxy               : enable
server-port         : 4433
server-cert         : Fortinet_Factory
server-ip           : 0.0.0.0
server              : 198.51.100.20
status              : enable
`,
    { noFindings: true, verdict: 'inconclusive' },
  ),
  {
    id: 'a sound backup that ends before its policies',
    files: one(backup().split('config firewall policy')[0] ?? '', 'fgt-orchid-01.conf'),
    expect: { noFindings: true, verdict: 'inconclusive' },
  },
  {
    id: 'a sound backup that ends in the middle of the interfaces',
    files: one(backup().split('edit "internal"')[0] ?? '', 'fgt-orchid-01.conf'),
    expect: { noFindings: true, verdict: 'inconclusive' },
  },
  device(
    'a certificate of its own that the backup does not hold',
    { ftm: ['set server-cert "vpn-2026"', 'set server "push.quillfen.example"', 'set status enable'] },
    { notVerdict: 'healthy', not: ['push-cert-untrusted', 'push-cert-missing'] },
  ),
  {
    id: 'the VDOM that owns the WAN is not in the paste',
    files: one(twoVdoms(''), 'fgt-orchid-01.conf'),
    expect: { noFindings: true, verdict: 'inconclusive' },
  },
  {
    id: 'both VDOMs in order',
    files: one(
      twoVdoms(`config vdom\nedit edge\n${blockOf('firewall address', [])}end\n`),
      'fgt-orchid-01.conf',
    ),
    expect: { noFindings: true, verdict: 'healthy' },
  },
  {
    id: 'the local-in policy of the VDOM that owns the WAN denies',
    files: one(twoVdoms(`config vdom\nedit edge\n${DENY_ALL}end\n`), 'fgt-orchid-01.conf'),
    expect: { verdict: 'broken', first: 'local-in-policy-denies' },
  },
  {
    id: 'the local-in policy of another VDOM denies on an interface it does not own',
    files: one(
      twoVdoms(
        `config vdom\nedit edge\n${blockOf('firewall address', [])}end\n`,
        DENY_ALL.replace('"wan1"', '"internal"'),
      ),
      'fgt-orchid-01.conf',
    ),
    expect: { noFindings: true, notVerdict: 'broken' },
  },
  session(
    'an account that may not read it',
    [
      ['get system status', status()],
      ['get system ftm-push', 'Unknown action 0'],
      ['diagnose fortitoken info', 'Unknown action 0'],
    ],
    { noFindings: true, verdict: 'inconclusive' },
  ),
  session(
    'an answer to another command in the place of the block',
    [
      ['get system status', status()],
      ['show full-configuration system ftm-push', part('dns')],
    ],
    { not: ['push-disabled', 'push-address-missing', 'push-cert-missing'], verdict: 'inconclusive' },
  ),
  session(
    'an empty block with the defaults: switched off',
    [
      ['get system status', status()],
      ['show system ftm-push', 'config system ftm-push\nend\n'],
    ],
    { verdict: 'broken', finds: [['push-disabled', 'push-address-missing']], hop: 'push-service' },
  ),
  pasted(
    'a session with the pager and double carriage returns',
    shell(
      'fgt-orchid-01(Primary)',
      ['get system status', status()],
      [
        'get system ftm-push',
        'server-port         : 4433\n--More-- \r         \rserver-cert         : Fortinet_Factory\nserver-ip           : 0.0.0.0\nserver              : 198.51.100.20\nstatus              : disable',
      ],
    ).replaceAll('\n', '\r\r\n'),
    { verdict: 'broken', first: 'push-disabled', quotes: /status\s+: disable/ },
  ),
  session(
    'saving without an address is refused',
    [
      [
        'config system ftm-push',
        '\nfgt-orchid-01 (ftm-push) # set server-ip 198.51.100.20\n\nfgt-orchid-01 (ftm-push) # end\nMissing server address.\nobject check operator error, -56, discard the setting\nCommand fail. Return code -56',
      ],
    ],
    { verdict: 'broken', first: ['push-address-missing', 'push-legacy-server-ip'] },
  ),
  device(
    'the only administrator has his third trusted host set',
    {
      admin: entry('admin', 'set accprofile "super_admin"', 'set trusthost3 192.168.40.0 255.255.255.0'),
    },
    { verdict: 'broken', first: 'admin-trusthost-blocks-callback', quotes: /trusthost3/ },
  ),
  device(
    'the WAN permits nothing at all',
    { interface: wan(IP, 'set type physical') },
    { verdict: 'broken', first: 'wan-ftm-access-missing' },
  ),
  device(
    'ftm on the inside only',
    {
      interface: [
        ...wan(IP, 'set allowaccess ping https').slice(0, 6),
        ...base.interface.slice(7).map((line) => line.replace('ping https ssh', 'ping https ssh ftm')),
      ],
    },
    { verdict: 'broken', finds: [['ftm-access-wrong-interface', 'wan-ftm-access-missing']], hop: 'callback' },
  ),
  device(
    'a port range of a VIP that holds 4433',
    {
      more: vip(
        'set extip 198.51.100.20',
        'set extintf "wan1"',
        'set portforward enable',
        'set extport 4400-4500',
        'set mappedip "192.168.40.9"',
        'set mappedport 4400-4500',
      ),
    },
    { verdict: 'broken', first: 'port-conflict-vip', quotes: /4400-4500/ },
  ),
  device(
    'SSL VPN on 4433 of every interface',
    {
      ssl: base.ssl.map((line) =>
        line === 'set port 10443'
          ? 'set port 4433'
          : line === 'set source-interface "wan1"'
            ? 'set source-interface "any"'
            : line,
      ),
    },
    { verdict: 'broken', first: 'port-conflict-ssl-vpn' },
  ),
  device(
    'the GUI on 4433',
    { global: ['set hostname "fgt-orchid-01"', 'set admin-sport 4433'] },
    { verdict: 'broken', first: 'port-conflict-admin-https' },
  ),
  device(
    'a token that is assigned in name only',
    { local: user('set type password', 'set two-factor fortitoken') },
    { verdict: 'broken', finds: ['two-factor-not-assigned'] },
  ),
  device(
    'a VPN user without second factor beside one who has it',
    {
      local: [...token('pilar', 'FTKMOB7A11C0DE01'), ...plain('bruno')],
      group: entry('vpn-staff', 'set member "pilar" "bruno"'),
    },
    { verdict: 'broken', finds: ['two-factor-not-assigned'], quotes: /bruno/ },
  ),
  device(
    'asked for the user with a token, his colleague has none',
    {
      local: [...token('pilar', 'FTKMOB7A11C0DE01'), ...plain('bruno')],
      group: entry('vpn-staff', 'set member "pilar" "bruno"'),
    },
    { noFindings: true, notVerdict: 'broken' },
    'pilar',
  ),
  device('asked for a user whom nobody knows', {}, { notVerdict: 'healthy', says: /pilra/ }, 'pilra'),
  {
    id: 'asked for a VDOM of a device without VDOMs',
    files: one(backup(), 'fgt-orchid-01.conf'),
    vdom: 'edg',
    expect: { verdict: 'inconclusive', noFindings: true, says: /fgt-orchid-01 has no VDOM `edg`/ },
  },
  {
    id: 'asked for a VDOM that is misspelt, of a device with push switched off',
    files: one(
      twoVdoms(`config vdom\nedit edge\n${blockOf('firewall address', [])}end\n`).replace(
        'set status enable',
        'set status disable',
      ),
      'fgt-orchid-01.conf',
    ),
    vdom: 'edg',
    expect: { finds: ['push-disabled'], says: /has no VDOM `edg`\. Did you mean `edge`\?/ },
  },
  device(
    'the second address of the WAN takes the callback, and does not permit it',
    {
      interface: wan(
        'set ip 203.0.113.20 255.255.255.0',
        'set allowaccess ping ftm',
        'set secondary-IP enable',
        'config secondaryip',
        '    edit 1',
        `        ${IP}`,
        '        set allowaccess ping',
        '    next',
        'end',
      ),
    },
    { notVerdict: 'healthy' },
  ),
  device(
    'the WAN got another address than the one that phones are told',
    { ftm: [CERT, 'set server "198.51.100.99"', 'set status enable'] },
    { notVerdict: 'healthy' },
  ),
  device(
    'a user with a hardware token',
    {
      fortitoken: entry('FTK2001122334455', 'set status active'),
      local: token('pilar', 'FTK2001122334455'),
    },
    { verdict: 'broken', first: 'token-not-mobile', hop: 'second-factor' },
    'pilar',
  ),
];
