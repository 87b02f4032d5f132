import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../src/diagnosis/diagnosis.ts';
import type { SimulatorBehaviour } from '../../src/simulator/behaviour.ts';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { SIMULATED_USER, type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { debugOfLogin } from '../fixtures/logs/debug-of-login.ts';
import { until } from '../support/until.ts';
import { ftmCheck } from './test-io.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

let folder = '';
let env: Record<string, string> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-live-'));
  env = { FGT_PASSWORD: SIMULATED_USER.password, XDG_STATE_HOME: join(folder, 'state') };
});
afterAll(() => rm(folder, { recursive: true }));

async function withDevice(
  behaviour: SimulatorBehaviour,
  live: unknown,
  work: (inventory: string, simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({ configText: sampleConfig('branch-07'), behaviour });
  const path = join(folder, 'inventory.yaml');
  const device = {
    address: '127.0.0.1',
    port: simulator.port,
    username: SIMULATED_USER.name,
    password: { env: 'FGT_PASSWORD' },
    hostKeys: simulator.fingerprints,
    live,
  };
  await writeFile(path, JSON.stringify({ devices: { fgt: device } }));
  try {
    await work(path, simulator);
  } finally {
    await simulator.close();
  }
}

const watch = (inventory: string, seconds = '20', more: readonly string[] = []) =>
  ftmCheck(['check', 'fgt', '--inventory', inventory, '--live', seconds, ...more], { env });

const open = (inventory: string) =>
  spawn(process.execPath, [MAIN, 'check', 'fgt', '--inventory', inventory, '--live', '60'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
  });

/** Paths of the windows that are on record. */
async function records(): Promise<readonly string[]> {
  const place = join(folder, 'state/ftm-check/debug-windows');
  return (await readdir(place)).map((name) => join(place, name));
}

describe('check --live', () => {
  it('says when to log in, ends with the login, and diagnoses it with all that was read', async () => {
    await withDevice({ debug: debugOfLogin() }, true, async (inventory, simulator) => {
      const ran = await watch(inventory, '60', ['--user', 'wren', '--format', 'json']);
      expect(ran.stderr).toMatch(
        /Now let the user log in: the debug of fgt is on for 60 s\.\nSwitching the debug/,
      );
      const diagnosis = diagnosisSchema.parse(JSON.parse(ran.stdout));
      expect(diagnosis.live).toMatchObject({ state: 'watched', ended: 'login', commands: [] });
      expect(diagnosis.attempts).toMatchObject([{ user: 'wren', outcome: 'succeeded' }]);
      // What was read is judged together with the login: nobody can be kept out by what let this one in.
      expect(diagnosis.verdict).toBe('healthy');
      expect(diagnosis.device).toMatchObject({ alias: 'fgt', version: '7.2.8' });
      expect(diagnosis.sources.map(({ name }) => name)).toContain('live debug');
      expect(ran.status).toBe(0);
      expect(simulator.debugOn()).toEqual([]);
      expect(simulator.writes).toEqual([]);
    });
  });

  it('takes the secrets out of what it saw', async () => {
    const debug = {
      fnbamd: [{ text: "[12] x-secret psk 'hunter2-hunter2' password=hunter2-hunter2", afterMs: 300 }],
    };
    await withDevice({ debug }, true, async (inventory) => {
      const ran = await watch(inventory, '10', ['--format', 'json']);
      expect(ran.stdout).not.toContain('hunter2');
      expect(diagnosisSchema.parse(JSON.parse(ran.stdout)).live).toMatchObject({ ended: 'time', lines: 1 });
    });
  });

  it.each([
    [undefined, '60', /Live debug is not allowed on fgt\.[\s\S]*`live: true`/],
    [false, '60', /Live debug is not allowed on fgt\./],
    [true, '5', /can be watched for 10 to 300 seconds/],
    [{ max: '1m' }, '61', /can be watched for 10 to 60 seconds/],
  ])('with live: %j, %s s are refused, and nothing is connected to', async (live, seconds, message) => {
    await withDevice({}, live, async (inventory, simulator) => {
      const ran = await watch(inventory, seconds);
      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toMatch(message);
      expect(simulator.commands).toEqual([]);
    });
  });

  it('says in the answer why no login was watched', async () => {
    await withDevice({ diagnose: false }, true, async (inventory, simulator) => {
      const ran = await watch(inventory);
      expect(ran.stdout).toMatch(/No login was watched: The account may not run `diagnose`/);
      expect(simulator.debugOn()).toEqual([]);
    });
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s in an open window switches debug off', async (signal) => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = spawn(
        process.execPath,
        [MAIN, 'check', 'fgt', '--inventory', inventory, '--live', '60'],
        { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
      );
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

  it('Ctrl-C in an open window switches debug off, and the configuration is answered', async () => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = spawn(
        process.execPath,
        [MAIN, 'check', 'fgt', '--inventory', inventory, '--live', '60', '--format', 'json'],
        { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.resume();
      const exited = once(child, 'close');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      child.kill('SIGINT');
      expect(await exited).toEqual([1, null]);
      const diagnosis = diagnosisSchema.parse(JSON.parse(stdout));
      expect(diagnosis.live).toMatchObject({ state: 'watched', ended: 'stopped' });
      expect(diagnosis.findings.length).toBeGreaterThan(0);
      expect(simulator.debugOn()).toEqual([]);
    });
  });

  it('killed in an open window: the next check on this machine switches it off, and says so', async () => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = open(inventory);
      const exited = once(child, 'exit');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      const [record = ''] = await records();
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
      expect(await records()).toEqual([]);
      expect((await ftmCheck(['check', 'fgt', '--inventory', inventory], { env })).stderr).toBe('');
    });
  });

  it('goes on beside another check of the same device, which is not its business', async () => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = open(inventory);
      const exited = once(child, 'exit');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory], { env });
      expect(ran.stderr).toBe('');
      expect(simulator.debugOn()).toContain('sslvpn');
      child.kill('SIGINT');
      await exited;
      expect(simulator.debugOn()).toEqual([]);
      expect(await records()).toEqual([]);
    });
  });

  it('is opened without a record where none can be kept, and says so', async () => {
    await withDevice({ debug: debugOfLogin() }, true, async (inventory, simulator) => {
      const ran = await ftmCheck(
        ['check', 'fgt', '--inventory', inventory, '--live', '60', '--user', 'wren'],
        { env: { ...env, XDG_STATE_HOME: inventory } },
      );
      expect(ran.stderr).toContain('The debug session cannot be recorded on this machine');
      expect(ran.status).toBe(0);
      expect(simulator.debugOn()).toEqual([]);
    });
  });

  it('a second Ctrl-C leaves it on, and says so', async () => {
    // It answers nothing any more: closing takes its time.
    await withDevice(
      { silentAfter: { command: 'diagnose debug enable' } },
      true,
      async (inventory, simulator) => {
        const child = spawn(
          process.execPath,
          [MAIN, 'check', 'fgt', '--inventory', inventory, '--live', '60'],
          { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
        );
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
