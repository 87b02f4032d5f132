import { describe, expect, it } from 'vitest';
import { type CommandId, commandSpec, isCalledFor } from '../../../src/engine/fortios/commands.ts';

type Answers = Partial<Record<CommandId, string>>;

const table = (path: string, ...entries: readonly (readonly [key: string, ...settings: string[]])[]) =>
  [
    `config ${path}`,
    ...entries.flatMap(([key, ...settings]) => [
      `    edit "${key}"`,
      ...settings.map((setting) => `        set ${setting}`),
      '    next',
    ]),
    'end',
  ].join('\n');

const INTERFACES = table('system interface', ['wan1', 'vdom "root"'], ['port 2', 'vdom "root"']);
const policies = (...settings: string[]) => table('firewall policy', ['1', ...settings]);
const localIn = (...settings: string[]) => table('firewall local-in-policy', ['1', ...settings]);
const vip = (...settings: string[]) => table('firewall vip', ['web', ...settings]);

function sent(id: CommandId, answers: Answers): boolean {
  return isCalledFor(commandSpec(id), (other) => answers[other]?.split('\n'));
}

describe('a command whose answer is known is not sent', () => {
  it.each<readonly [CommandId, string, Answers, boolean]>([
    ['ha-status', 'without a cluster', { 'system-status': 'Current HA mode: standalone' }, false],
    ['ha-status', 'in a cluster', { 'system-status': 'Current HA mode: a-p, primary' }, true],
    ['ha-status', 'where the status does not say', { 'system-status': 'Hostname: fw' }, true],
    ['custom-services', 'where nothing names one', { vips: vip('extintf "wan1"') }, false],
    ['custom-services', 'where all are named', { 'local-in-policies': localIn('service "ALL"') }, false],
    [
      'custom-services',
      'where one is named',
      { 'local-in-policies': localIn('service "ALL_TCP" "FTM"') },
      true,
    ],
    ['custom-services', 'where a virtual IP names one', { vips: vip('service "FTM"') }, true],
    [
      'service-groups',
      'where the name is a service',
      {
        vips: vip('service "FTM"'),
        'custom-services': table('firewall service custom', ['FTM', 'tcp-portrange 1']),
      },
      false,
    ],
    ['service-groups', 'where the name is none', { vips: vip('service "FTM"'), 'custom-services': '' }, true],
    [
      'zones',
      'where interfaces are named',
      { interfaces: INTERFACES, policies: policies('srcintf "wan1" "port 2"') },
      false,
    ],
    [
      'zones',
      'where the SSL VPN is named',
      { interfaces: INTERFACES, policies: policies('srcintf "ssl.root" "any"') },
      false,
    ],
    [
      'zones',
      'where a policy names no interface',
      { interfaces: INTERFACES, policies: policies('srcintf "wan1" "lan"') },
      true,
    ],
    [
      'zones',
      'where only the way out is none',
      { interfaces: INTERFACES, policies: policies('dstintf "lan"') },
      false,
    ],
    [
      'zones',
      'where a virtual IP is on one',
      { interfaces: INTERFACES, vips: vip('extintf "outside"') },
      true,
    ],
    [
      'zones',
      'where a source filter names one',
      { interfaces: INTERFACES, vips: vip('srcintf-filter "outside"') },
      true,
    ],
    [
      'zones',
      'where a local-in policy names one',
      { interfaces: INTERFACES, 'local-in-policies': localIn('intf "outside"') },
      true,
    ],
    [
      'zones',
      'where the SSL VPN listens on one',
      { interfaces: INTERFACES, 'ssl-vpn': 'set source-interface "outside"' },
      true,
    ],
    [
      'zones',
      'where the SSL VPN listens nowhere',
      { interfaces: INTERFACES, 'ssl-vpn': "set source-interface ''" },
      false,
    ],
    ['zones', 'where no interface could be read', { policies: policies('srcintf "wan1"') }, true],
    [
      'sdwan',
      'where the name is a zone',
      { vips: vip('extintf "lan"'), zones: table('system zone', ['lan', 'interface "a"']) },
      false,
    ],
    [
      'sdwan',
      'where the name is none',
      { vips: vip('extintf "virtual-wan-link"'), zones: 'config system zone\nend' },
      true,
    ],
  ])('%s: %s', (id, _, answers, expected) => {
    expect(sent(id, answers)).toBe(expected);
  });
});
