import { expect, it } from 'vitest';
import { commandSpec } from '../../src/engine/fortios/commands.ts';
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
    const called = CALLED_FOR.map((id) => commandSpec(id).text);
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
    const configText = `${sampleConfig('branch-07').replace('"Fortinet_Factory"', `"${name}"`)}
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
