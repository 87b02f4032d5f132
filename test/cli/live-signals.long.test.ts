import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { prepareLiveChecks } from './live-fixture.ts';
import { ftmCheck } from './test-io.ts';

const { env, records, withDevice, openLive } = prepareLiveChecks();

/** Paths of the recorded debug sessions. */
async function recorded(): Promise<readonly string[]> {
  return (await readdir(records)).map((name) => join(records, name));
}

describe('a process of `check --live`', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)('%s in an open window switches debug off', async (signal) => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = openLive(inventory);
      const said: string[] = [];
      createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
      const exited = once(child, 'exit');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      child.kill(signal);
      expect(await exited).toEqual([4, null]);
      expect(said.join('\n')).toContain('Switching the debug of fgt off.');
      expect(simulator.debugOn()).toEqual([]);
    });
  });

  it('killed in an open window: the next check on this machine switches it off, and says so', async () => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = openLive(inventory);
      const exited = once(child, 'exit');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      const [record = ''] = await recorded();
      expect((await stat(record)).mode % 0o1000).toBe(0o600);
      child.kill('SIGKILL');
      await exited;
      expect(simulator.debugOn()).toContain('sslvpn');
      const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory], { env });
      expect(ran.stderr).toBe(
        'An earlier check of fgt was killed before it disabled debug.\nDebug is off now.\n',
      );
      expect(ran.status).toBe(1);
      expect(simulator.debugOn()).toEqual([]);
      expect(await recorded()).toEqual([]);
      expect((await ftmCheck(['check', 'fgt', '--inventory', inventory], { env })).stderr).toBe('');
    });
  });

  it('goes on beside another check of the same device, which is not its business', async () => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = openLive(inventory);
      const exited = once(child, 'exit');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory], { env });
      expect(ran.stderr).toBe('');
      expect(simulator.debugOn()).toContain('sslvpn');
      child.kill('SIGINT');
      await exited;
      expect(simulator.debugOn()).toEqual([]);
      expect(await recorded()).toEqual([]);
    });
  });

  it('a second Ctrl-C leaves it on, and says so', async () => {
    // The device has stopped answering: closing takes its time.
    await withDevice(
      { silentAfter: { command: 'diagnose debug enable' } },
      true,
      async (inventory, simulator) => {
        const child = openLive(inventory);
        child.stdout.resume();
        const said: string[] = [];
        createInterface({ input: child.stderr }).on('line', (line) => {
          said.push(line);
          if (/^Now let|^Switching/.test(line)) child.kill('SIGINT');
        });
        expect(await once(child, 'close')).toEqual([130, null]);
        expect(said.at(-1)).toBe(
          'Debug may still be enabled on fgt. Please run `diagnose debug disable` and `diagnose debug reset` there.',
        );
        expect(simulator.commands).toContain('diagnose debug enable');
      },
    );
  });
});
