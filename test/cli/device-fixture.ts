import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { type SampleName, sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';

export interface GivenDevice {
  readonly sample?: SampleName;
  readonly behaviour?: SimulatorBehaviour;
  readonly vdom?: string;
  readonly live?: boolean;
}

export interface DeviceInFolder {
  readonly simulator: Simulator;
  /** A new folder, removed at the end. */
  readonly folder: string;
  /** Of an inventory with the device `fgt`. */
  readonly inventory: string;
  readonly env: Record<string, string>;
}

/** A simulated device with its inventory; nothing is left of either. */
export async function withDeviceInFolder(
  { sample = 'branch-07', behaviour = {}, vdom, live }: GivenDevice,
  work: (device: DeviceInFolder) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-device-'));
  const simulator = await startSimulator({ configText: sampleConfig(sample), behaviour });
  const inventory = join(folder, 'inventory.yaml');
  const device = {
    address: '127.0.0.1',
    port: simulator.port,
    username: SIMULATED_USER.name,
    password: { env: 'FGT_PASSWORD' },
    hostKeys: simulator.fingerprints,
    vdom,
    live,
  };
  await writeFile(inventory, JSON.stringify({ devices: { fgt: device } }));
  const env = { FGT_PASSWORD: SIMULATED_USER.password, XDG_STATE_HOME: join(folder, 'state') };
  try {
    await work({ simulator, folder, inventory, env });
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true });
  }
}
