import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

export interface LiveChecks {
  /** Of every command: the device's password, and where records of debug sessions are kept. */
  readonly env: Readonly<Record<string, string>>;
  /** Where records of debug sessions are kept. */
  readonly records: string;
  /** Runs `work` beside a simulated device with debug settings `live`. */
  readonly withDevice: (
    behaviour: SimulatorBehaviour,
    live: unknown,
    work: (inventory: string, simulator: Simulator) => Promise<void>,
  ) => Promise<void>;
  /** `check --live 60` as a process of its own. */
  readonly openLive: (
    inventory: string,
    more?: readonly string[],
  ) => ChildProcessByStdio<null, Readable, Readable>;
}

/** Live checks of the device `fgt`, in a folder that is removed at the end of the file. */
export function prepareLiveChecks(): LiveChecks {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-live-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const env = { FGT_PASSWORD: SIMULATED_USER.password, XDG_STATE_HOME: join(folder, 'state') };
  return {
    env,
    records: join(folder, 'state/ftm-check/debug-windows'),
    async withDevice(behaviour, live, work) {
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
    },
    openLive: (inventory, more = []) =>
      spawn(process.execPath, [MAIN, 'check', 'fgt', '--inventory', inventory, '--live', '60', ...more], {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
  };
}
