import { expect, it } from 'vitest';
import { ALL, check } from './device-fixture.ts';

it('reads a device without VDOMs, each command once, and changes nothing', async () => {
  await check({}, ({ items, item, simulator }) => {
    expect(items.map((each) => each.name)).toEqual([
      'get system status',
      'show full-configuration system ftm-push',
      'show system interface',
      'show system admin',
      'show full-configuration system global',
      'show system dns',
      'get system interface physical',
      'show full-configuration vpn ssl settings',
      'show firewall vip',
      'show user local',
      'show user group',
      'show full-configuration user radius',
      'show user fortitoken',
      'diagnose fortitoken info',
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
    expect(ALL).toHaveLength(items.length - 1);
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
