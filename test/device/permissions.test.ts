import { describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { ALL, check } from './device-fixture.ts';

const at = (version: string) => sampleConfig('branch-07').replace('FGT60F-7.2.8', `FGT60F-${version}`);

describe('a refused command is a failure that names the permission', () => {
  it.each([
    ['6.2.9', 'full administrator'],
    ['6.4.5', 'system-diagnostics'],
    ['7.4.1', 'system-diagnostics'],
    ['7.4.2', 'cli-diagnose'],
    ['7.6.7', 'cli-diagnose'],
  ])('diagnose on %s', async (version, permission) => {
    await check({ configText: at(version), behaviour: { diagnose: false } }, ({ items, item }) => {
      const failed = items.filter((each) => each.failure).map((each) => each.command);
      expect(failed).toEqual(['diagnose sys vd list', 'diagnose fortitoken info']);
      expect(item('diagnose fortitoken info')?.failure).toMatchObject({
        kind: 'not-permitted',
        reason: expect.stringContaining(permission),
      });
    });
  });

  it('also where the device says nothing at all', async () => {
    await check({ behaviour: { silentlyDenied: ['show system admin'] } }, ({ item }) => {
      expect(item('show system admin')).toMatchObject({ text: '', failure: { kind: 'not-permitted' } });
      expect(item('show system dns')?.failure).toBeUndefined();
    });
  });

  it('a question is answered no, and reported', async () => {
    await check({ behaviour: { askAfterCommand: 'show system dns' } }, ({ items, item, simulator }) => {
      expect(simulator.keys).toEqual(['n']);
      expect(item('show system dns')?.failure).toMatchObject({
        kind: 'failed',
        reason: expect.stringContaining('(y/n)'),
      });
      expect(items.filter((each) => each.failure)).toHaveLength(1);
    });
  });

  it('other errors keep their words', async () => {
    const answer = "\ncommand parse error before 'ssl'\nCommand fail. Return code -61";
    const outputs = { 'show full-configuration vpn ssl settings': answer };
    await check({ outputs }, ({ item }) => {
      expect(item('show full-configuration vpn ssl settings')?.failure).toEqual({
        kind: 'parse-error',
        reason: "The device answered: command parse error before 'ssl'",
      });
    });
  });
});

describe('VDOMs', () => {
  it('an unknown one is neither entered nor created', async () => {
    await check({ sample: 'campus', request: { vdom: 'campsu' } }, ({ item, simulator }) => {
      expect(item('show user local')).toMatchObject({
        text: '',
        failure: { kind: 'not-run', reason: expect.stringContaining('root, campus, guests') },
      });
      expect(item('show system admin')?.failure).toBeUndefined();
      expect(simulator.commands.filter((line) => line.startsWith('edit'))).toEqual([]);
      expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
      expect(simulator.writes).toEqual([]);
    });
  });

  it.each(['x\nexecute reboot', '../root', 'root ', '', 'a'.repeat(32), 'root?'])(
    'the name %j is never sent',
    async (vdom) => {
      await check({ sample: 'campus', request: { vdom } }, ({ item, simulator }) => {
        expect(item('show user local')?.failure?.kind).toBe('not-run');
        expect(simulator.commands.filter((line) => /edit|reboot/.test(line))).toEqual([]);
        expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
      });
    },
  );

  it('are listed another way where diagnose is refused', async () => {
    await check(
      { sample: 'campus', behaviour: { diagnose: false }, request: { vdom: 'campus' } },
      ({ item, simulator }) => {
        expect(item('show user local')?.text).toContain('"ines"');
        expect(item('diagnose fortitoken info')?.failure?.kind).toBe('not-permitted');
        expect(simulator.commands).toContain('get system vdom-property');
      },
    );
  });

  it('that cannot be listed are not entered', async () => {
    const behaviour = { diagnose: false, silentlyDenied: ['get system vdom-property'] };
    await check({ sample: 'campus', behaviour, request: { vdom: 'campus' } }, ({ item, simulator }) => {
      expect(item('show user local')?.failure).toMatchObject({
        kind: 'not-run',
        reason: expect.stringContaining('list'),
      });
      expect(simulator.commands.filter((line) => line.startsWith('edit'))).toEqual([]);
    });
  });

  it('an administrator of one reads it, and global commands say why they are missing', async () => {
    const behaviour = { vdomAdmin: 'campus', privilege: '$' } as const;
    await check({ sample: 'campus', behaviour }, ({ items, item, simulator }) => {
      expect(item('show user local')).toMatchObject({ vdom: 'campus' });
      expect(item('show user local')?.failure).toBeUndefined();
      expect(item('show system admin')?.failure).toMatchObject({
        kind: 'not-permitted',
        reason: expect.stringContaining('global scope'),
      });
      expect(items).toHaveLength(ALL.length + 1);
      expect(simulator.writes).toEqual([]);
    });
  });

  it.each([
    ['an administrator of one', { vdomAdmin: 'campus' }],
    ['an account without config', { config: false }],
  ])('%s is told what it takes to read global settings', async (_, behaviour) => {
    await check({ sample: 'campus', behaviour, request: { vdom: 'campus' } }, ({ item, simulator }) => {
      expect(item('show system admin')?.failure).toMatchObject({
        kind: 'not-permitted',
        reason: expect.stringMatching(/belongs to one VDOM.*`set scope global`.*may not run `config`/),
      });
      expect(simulator.writes).toEqual([]);
    });
  });

  it('an administrator of one is not led into another', async () => {
    const behaviour = { vdomAdmin: 'campus' };
    await check({ sample: 'campus', behaviour, request: { vdom: 'guests' } }, ({ item }) => {
      expect(item('show user local')?.failure).toMatchObject({ kind: 'not-run' });
    });
  });

  it('fortitoken info is asked for in global where the VDOM refuses it', async () => {
    const outputs = {
      'diagnose fortitoken info': "\ncommand parse error before 'fortitoken'\nCommand fail. Return code -61",
    };
    await check({ sample: 'campus', outputs, request: { vdom: 'campus' } }, ({ item, simulator }) => {
      expect(simulator.commands.filter((line) => line.includes('fortitoken info'))).toHaveLength(2);
      expect(item('diagnose fortitoken info')).toMatchObject({ failure: { kind: 'parse-error' } });
      expect(item('diagnose fortitoken info')?.vdom).toBeUndefined();
    });
  });
});
