import { expect, it } from 'vitest';
import { type CommandId, commandSpec } from '../../src/engine/fortios/commands.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { testCertificate } from '../fixtures/certificates/test-certificate.ts';
import { ALL, CALLED_FOR, check } from './device-fixture.ts';

it('reads a device without VDOMs, each command once, and changes nothing', async () => {
  await check({}, ({ items, item, simulator }) => {
    expect(items.map((each) => each.name)).toEqual([
      'get system status',
      ...ALL.map((id) => commandSpec(id).text),
    ]);
    expect(items.filter((each) => each.failure)).toEqual([]);
    expect(item('get system status')?.text).toMatch(/^Version: FortiGate-60F v7\.2\.8,build1639/);
    expect(item('show full-configuration system ftm-push')?.text).toBe(
      [
        'config system ftm-push',
        '    set server-port 4433',
        '    set server-cert "Fortinet_Factory"',
        '    set server-ip 0.0.0.0',
        '    set server "198.51.100.10"',
        '    set status enable',
        'end',
      ].join('\n'),
    );
    expect(item('show full-configuration user radius')?.text).toBe('config user radius\nend');
    expect(simulator.commands).toEqual([...items.map((each) => each.command), 'exit']);
    expect(simulator.writes).toEqual([]);
  });
});

const POLICY = (source: string, schedule: string) => `
config firewall local-in-policy
    edit 1
        set intf "wan1"
        set srcaddr ${source}
        set dstaddr "all"
        set service "ALL"
        set schedule "${schedule}"
    next
end
`;

/** Read where SSL VPN serves, a dial-up tunnel is there, or a group or user names a server. */
const OF_VPN: readonly CommandId[] = [
  'ldap',
  'saml',
  'password-policies',
  'ssl-portals',
  'ssl-sessions',
  'peers',
  'policies',
];

const DIALUP = 'config vpn ipsec phase1-interface\n    edit "dial"\n        set type dynamic\n    next\nend';
const SITE = DIALUP.replace('dynamic', 'static');
const SERVES = `config vpn ssl settings
    set source-interface "wan1"
    config authentication-rule
        edit 1
            set groups "staff"
            set portal "full-access"
            set realm "staff"
        next
    end
end`;
const OFF = SERVES.replace('    set source', '    set status disable\n    set source');
const OF_DIRECTORY = 'config user group\n    edit "staff"\n        set member "marlow" "DC01"\n    next\nend';
const LOCAL = 'config user local\n    edit "marlow"\n    next\nend';
const POLICY_OF_DEVICE = 'config firewall policy\n    edit 1\n        set groups "staff"\n    next\nend';

it.each([
  ['no VPN', {}, []],
  ['SSL VPN that is off, and a tunnel between sites', { ssl: OFF, phase1: SITE }, []],
  ['SSL VPN', { ssl: SERVES }, ['ssl-portals', 'policies']],
  ['a dial-up tunnel', { phase1: DIALUP }, ['policies']],
  ['a group of a directory', { groups: OF_DIRECTORY }, ['ldap', 'saml', 'peers']],
  [
    'a group of a directory whose server is LDAP',
    { groups: OF_DIRECTORY, ldap: 'config user ldap\n    edit "DC01"\n    next\nend' },
    ['ldap'],
  ],
  [
    'a password policy',
    { users: LOCAL.replace('    next', '        set passwd-policy "p"\n    next') },
    ['password-policies'],
  ],
] as const)('reads of the VPN what a device with %s has', async (_what, given, expected) => {
  const { ssl = '', phase1 = '', groups = '', users = LOCAL, ldap = '' } = given as Record<string, string>;
  const outputs = {
    'show full-configuration vpn ssl settings': ssl || 'config vpn ssl settings\nend',
    'show vpn ipsec phase1-interface': phase1 || 'config vpn ipsec phase1-interface\nend',
    'show user group': groups || 'config user group\nend',
    'show user local': users,
    'show user ldap': ldap || 'config user ldap\nend',
  };
  const configText = sampleConfig('branch-07').replace(/set ike-saml-server .*/, '');
  await check({ configText, outputs, request: { commands: [...ALL, ...CALLED_FOR] } }, ({ items }) => {
    const texts = items.map(({ command }) => command);
    expect(OF_VPN.filter((id) => texts.includes(commandSpec(id).text))).toEqual(expected);
    expect(items.filter((each) => each.failure)).toEqual([]);
  });
});

const SHORT = commandSpec('policies').short ?? '';
const POLICIES = (count: number, groups: string) =>
  `config firewall policy\n${Array.from(
    { length: count },
    (_, index) =>
      `    edit ${index + 1}\n        set srcintf "internal"\n        set dstintf "wan1"\n${index === 40 ? groups : ''}    next`,
  ).join('\n')}\nend`;

it('reads of thousands of policies only those that admit users by name', async () => {
  const configText = `${sampleConfig('branch-07').replace(/^config firewall policy\n[\s\S]*?^end$/m, '')}
${POLICIES(5_000, '        set groups "staff" "wider"\n        set users "wren"\n')}
${SERVES.replace('"wan1"', '"any"')}`;
  await check({ configText, request: { commands: ['ssl-vpn', 'policies'] } }, ({ item, simulator }) => {
    expect(item('show firewall policy')?.text).toBe(
      POLICIES(41, '        set groups "staff" "wider"\n        set users "wren"\n').replace(
        / {4}edit 1\n[\s\S]*(?= {4}edit 41\n)/,
        '',
      ),
    );
    expect(simulator.commands.filter((line) => line.includes('policy'))).toEqual([SHORT]);
  });
});

it.each([
  ['prints nothing', ''],
  ['is refused', "command parse error before '|'\nCommand fail. Return code -61"],
  ['counts', '1'],
])('reads the whole table where the short form %s', async (_what, answer) => {
  const outputs = { [SHORT]: answer, 'show firewall policy': POLICY_OF_DEVICE };
  const request = { commands: ['ssl-vpn', 'policies'] as const };
  await check({ outputs, request }, ({ item, simulator }) => {
    expect(item('show firewall policy')).toMatchObject({ text: POLICY_OF_DEVICE });
    expect(item('show firewall policy')?.failure).toBeUndefined();
    expect([...new Set(simulator.commands.filter((line) => line.includes('policy')))]).toEqual([
      SHORT,
      'show firewall policy',
    ]);
  });
});

it.each([
  ['nothing but what FortiOS has from the start', POLICY('"all"', 'always'), []],
  ['an address', POLICY('"all" "offices"', 'always'), ['show firewall address', 'show firewall addrgrp']],
  [
    'a schedule',
    POLICY('"all"', 'nights'),
    ['show firewall schedule recurring', 'show firewall schedule onetime', 'show firewall schedule group'],
  ],
])('reads tables of objects only where a policy names %s', async (_what, policy, commands) => {
  const configText = sampleConfig('branch-07') + policy;
  const request = { commands: [...ALL, ...CALLED_FOR] };
  await check({ configText, request }, ({ items, simulator }) => {
    const called = CALLED_FOR.filter((id) => id !== 'local-certificates' && !OF_VPN.includes(id)).map(
      (id) => commandSpec(id).text,
    );
    expect(
      items.filter(({ command }) => called.includes(command ?? '')).map(({ command }) => command),
    ).toEqual(commands);
    expect(items.filter((each) => each.failure)).toEqual([]);
    expect(simulator.commands.filter((line) => called.includes(line))).toEqual(commands);
  });
});

it('reads each command of a multi-VDOM device where it is valid', async () => {
  await check({ sample: 'campus', request: { vdom: 'campus' } }, ({ items, item, simulator }) => {
    expect(items.filter((each) => each.failure)).toEqual([]);
    expect(item('show user local')).toMatchObject({ name: 'show user local (vdom campus)', vdom: 'campus' });
    expect(item('show user local')?.text).toContain('edit "ines"');
    expect(item('show system admin')?.vdom).toBeUndefined();
    expect(simulator.commands.filter((line) => /^(?:config|edit|end|exit)/.test(line))).toEqual([
      'config global',
      'end',
      'config vdom',
      'edit campus',
      'end',
      'exit',
    ]);
    expect(simulator.writes).toEqual([]);
  });
});

it.each(['reachable', 'lost', 'unresolved'] as const)(
  'pings the push server on request: %s',
  async (pushServer) => {
    const request = { commands: ['ping-push-server'] as const, vdom: 'campus' };
    await check({ sample: 'campus', behaviour: { pushServer }, request }, ({ item }) => {
      const ping = item('execute ping push.fortinet.com');
      expect(ping?.failure).toBeUndefined();
      expect(ping?.text).toContain(
        pushServer === 'unresolved' ? 'Unable to resolve' : 'PING push.fortinet.com',
      );
    });
  },
);

it.each([
  ['FortiOS ships', 'Fortinet_Factory', []],
  ['is one’s own', 'push-own', ['get vpn certificate local details', 'show vpn certificate ca']],
])(
  'reads certificates only where the one of the push service %s, and no private key',
  async (_what, name, commands) => {
    const configText = `${sampleConfig('branch-07')
      .replace(/set servercert .*/, 'set servercert "Fortinet_Factory"')
      .replace('"Fortinet_Factory"', `"${name}"`)}
config vpn certificate local
    edit "push-own"
        set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----
bm90IGEga2V5LCBqdXN0IHRleHQgdGhhdCBsb29rcyBsaWtlIG9uZSBvZiB0aGVt
-----END ENCRYPTED PRIVATE KEY-----"
        set certificate "${testCertificate('public-leaf')}"
    next
end
`;
    await check({ configText, request: { commands: [...ALL, ...CALLED_FOR] } }, ({ items, simulator }) => {
      const asked = items.filter(({ command }) => command?.includes('certificate'));
      expect(asked.map(({ command }) => command)).toEqual(commands);
      expect(asked.filter((each) => each.failure)).toEqual([]);
      expect(asked.some(({ text }) => text.includes('Subject:     CN = push.example.com'))).toBe(
        name === 'push-own',
      );
      expect(items.some(({ text }) => text.includes('PRIVATE KEY'))).toBe(false);
      expect(simulator.writes).toEqual([]);
    });
  },
);

it('reads the own certificate of the push service from within a VDOM', async () => {
  const configText = sampleConfig('campus').replace(/set server-cert "[^"]*"/, 'set server-cert "push-own"');
  expect(configText).toContain('set server-cert "push-own"');
  const request = { vdom: 'campus', commands: [...ALL, ...CALLED_FOR] };
  await check({ configText, request }, ({ items }) => {
    const asked = items.filter(({ command }) => command?.includes('certificate'));
    expect(asked.map(({ command, vdom }) => [command, vdom])).toEqual([
      ['get vpn certificate local details', 'campus'],
      ['show vpn certificate ca', 'campus'],
    ]);
  });
});
