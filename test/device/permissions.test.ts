import { describe, expect, it } from 'vitest';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { ALL, check, failedCheck } from './device-fixture.ts';

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
  it.each([
    ['campsu', 'Did you mean `campus`? It has `root`, `campus`, `guests`. No configuration was read.'],
    ['edge', 'It has `root`, `campus`, `guests`. No configuration was read.'],
  ])('one that the device does not have is the whole answer: %s', async (vdom, advice) => {
    const { error, simulator, leftOpen } = await failedCheck({ sample: 'campus', request: { vdom } });
    const message = `fgt-test has no VDOM \`${vdom}\`.`;
    expect(error).toMatchObject({ code: 'ftm_unknown_vdom', message, advice });
    const listing = 'diagnose sys vd list';
    expect(simulator.commands).toEqual(['get system status', 'config global', listing, listing]);
    expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
    expect(leftOpen).toBe(0);
  });

  it('one that only the inventory names is corrected there', async () => {
    const { error } = await failedCheck({ sample: 'campus', device: { vdom: 'campsu' } });
    expect(error).toMatchObject({ advice: expect.stringMatching(/correct `vdom` of fgt-test there\.$/) });
  });

  it('are none on a device without VDOMs', async () => {
    const { error, simulator } = await failedCheck({ request: { vdom: 'root' } });
    expect(error).toMatchObject({
      code: 'ftm_unknown_vdom',
      advice: 'It has no VDOMs: ask again without one. No configuration was read.',
    });
    expect(simulator.commands).toEqual(['get system status']);
  });

  it.each(['x\nexecute reboot', '../root', 'root ', '', 'a'.repeat(32), 'root?'])(
    'the name %j is never sent',
    async (vdom) => {
      const { error, simulator } = await failedCheck({ sample: 'campus', request: { vdom } });
      expect(error).toMatchObject({ code: 'ftm_unknown_vdom' });
      expect(simulator.commands.filter((line) => /edit|reboot/.test(line))).toEqual([]);
      expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
    },
  );

  it('are listed again right before each is entered, and one that is gone by then is not', async () => {
    const planVdoms = () => ({
      names: ['campus', 'guests'],
      next: () => ['ssl-vpn', 'local-users'] as const,
    });
    const request = { commands: ['ssl-vpn', 'local-users'] as const, planVdoms };
    await check({ sample: 'campus', request, behaviour: { sudo: false } }, ({ simulator }) => {
      expect(simulator.commands.slice(1)).toEqual([
        'config global',
        'diagnose sys vd list',
        'sudo campus show full-configuration vpn ssl settings',
        ...['campus', 'guests'].flatMap((name, index) => [
          ...(index === 0 ? [] : ['end', 'config global']),
          'diagnose sys vd list',
          'end',
          'config vdom',
          `edit ${name}`,
          'show full-configuration vpn ssl settings',
          'show user local',
        ]),
        'end',
        'exit',
      ]);
    });
    const deletedAfter = { vdom: 'guests', command: 'show user local' };
    for (const sudo of [true, false]) {
      const behaviour = { deletedAfter, sudo };
      await check({ sample: 'campus', request, behaviour }, ({ items, simulator }) => {
        expect(simulator.commands).not.toContain('edit guests');
        expect(simulator.vdoms()).toEqual(['root', 'campus']);
        expect(simulator.writes).toEqual([]);
        const gone = items.filter(({ vdom }) => vdom === 'guests');
        expect(gone.map(({ failure }) => failure?.reason)).toEqual([
          'VDOM guests was not read: the device has no VDOM guests now; it has root, campus.',
          'VDOM guests was not read: the device has no VDOM guests now; it has root, campus.',
        ]);
      });
    }
  });

  it.each<readonly [string, SimulatorBehaviour]>([
    ['is not known', { sudo: false }],
    ['is a parse error', { sudo: ["command parse error before 'sudo'", 'Command fail. Return code -61'] }],
    ['is not permitted', { sudo: ['Permission denied'] }],
    ['is refused in unknown words', { sudo: ['sudo: operation is not allowed for this profile'] }],
    ['prints nothing', { sudo: [] }],
    ['names the VDOM and refuses', { sudo: ['current vf=campus:1', 'Command fail. Return code -37'] }],
    ['shows another table', { sudo: ['config user group', 'end'] }],
    ['asks a question', { sudo: 'asks' }],
    [
      'is never answered',
      { silentAfter: { command: 'sudo campus show full-configuration vpn ssl settings' } },
    ],
  ])('are entered where `sudo` %s', async (_what, behaviour) => {
    const commands = ['ssl-vpn', 'local-users', 'fortitoken-info', 'default-route'] as const;
    const planVdoms = () => ({ names: ['campus', 'root'], next: () => commands });
    const request = { commands, planVdoms };
    const timeouts = { connect: 5_000, command: 1_500, job: 20_000 };
    let usual: readonly unknown[] = [];
    await check({ sample: 'campus', request }, ({ items, simulator }) => {
      usual = items.map(({ name, text }) => [name, text]);
      expect(simulator.commands.filter((line) => line.startsWith('edit '))).toEqual([]);
    });
    await check({ sample: 'campus', request, behaviour, device: { timeouts } }, ({ items, simulator }) => {
      expect(items.map(({ name, text }) => [name, text])).toEqual(usual);
      expect(items.filter(({ failure }) => failure)).toEqual([]);
      const edits = simulator.commands.filter((line) => line.startsWith('edit '));
      expect([...new Set(edits)]).toEqual(['edit campus', 'edit root']);
      expect(simulator.commands.filter((line) => line.startsWith('sudo ')).length).toBeLessThan(4);
      expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
      expect(simulator.writes).toEqual([]);
    });
  });

  it('are listed again where a command ran out of time and the session was opened again', async () => {
    const request = { commands: ['ssl-vpn', 'local-users'] as const, vdom: 'campus' };
    const behaviour = {
      silentAfter: { command: 'show full-configuration vpn ssl settings' },
      deletedAfter: { vdom: 'campus', command: 'show full-configuration vpn ssl settings' },
    };
    const timeouts = { connect: 5_000, command: 400, job: 20_000 };
    await check({ sample: 'campus', behaviour, request, device: { timeouts } }, ({ item, simulator }) => {
      expect(item('show user local')?.failure?.reason).toContain('the device has no VDOM campus now');
      expect(simulator.vdoms()).toEqual(['root', 'guests']);
      expect(simulator.writes).toEqual([]);
    });
  });

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
