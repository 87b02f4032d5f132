import type { CollectionRequest } from '../../src/device/collector.ts';
import { createCollector } from '../../src/device/create-collector.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { COMMANDS, type CommandId, commandSpec } from '../../src/engine/fortios/commands.ts';
import type { Device } from '../../src/platform/config/inventory-types.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { type SampleName, sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { until } from '../support/until.ts';

export const BY_ITSELF = (Object.keys(COMMANDS) as CommandId[]).filter(
  (id) => id !== 'system-status' && commandSpec(id).onRequest === undefined,
);
/** Everything a check sends to every device, in the catalogue's order. */
export const ALL: readonly CommandId[] = BY_ITSELF.filter((id) => commandSpec(id).onlyWhere === undefined);
/** What a check sends only where another answer calls for it. */
export const CALLED_FOR: readonly CommandId[] = BY_ITSELF.filter((id) => commandSpec(id).onlyWhere);

/** No test waits for one of these. One that does sets a short one for the one thing that is late in it. */
export const LONG_TIMEOUTS = { connect: 60_000, command: 60_000, job: 110_000 };

export function deviceAt(
  simulator: Pick<Simulator, 'port' | 'hostKeyLines'>,
  more: Partial<Device> = {},
): Device {
  return {
    alias: 'fgt-test',
    address: '127.0.0.1',
    port: simulator.port,
    username: SIMULATED_USER.name,
    credential: { kind: 'password', password: { env: 'PASSWORD' } },
    hostKeys: simulator.hostKeyLines,
    groups: [],
    algorithms: 'modern',
    timeouts: LONG_TIMEOUTS,
    ...more,
  };
}

export const collect = createCollector({ readSecret: () => Promise.resolve(SIMULATED_USER.password) });

export interface Check {
  readonly sample?: SampleName;
  readonly configText?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly behaviour?: SimulatorBehaviour;
  readonly device?: Partial<Device>;
  readonly request?: Partial<CollectionRequest>;
}

export interface Checked {
  readonly simulator: Simulator;
  readonly items: readonly EvidenceItem[];
  readonly item: (command: string) => EvidenceItem | undefined;
}

/** Starts a look-alike, reads it, and hands both to `examine`; whatever happens, nothing is left running. */
export async function check(
  given: Check,
  examine: (checked: Checked) => void | Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({
    configText: given.configText ?? sampleConfig(given.sample ?? 'branch-07'),
    outputs: given.outputs,
    behaviour: given.behaviour,
  });
  try {
    const items = await collect({
      device: deviceAt(simulator, given.device),
      commands: ALL,
      ...given.request,
    });
    await examine({ simulator, items, item: (command) => items.find((each) => each.command === command) });
  } finally {
    await simulator.close();
  }
}

/** The rejection of a check that must not succeed, and the look-alike as it was left. */
export async function failedCheck(
  given: Check,
): Promise<{ readonly error: unknown; readonly simulator: Simulator; readonly leftOpen: number }> {
  const simulator = await startSimulator({
    configText: given.configText ?? sampleConfig(given.sample ?? 'branch-07'),
    outputs: given.outputs,
    behaviour: given.behaviour,
  });
  try {
    const error: unknown = await collect({
      device: deviceAt(simulator, given.device),
      commands: ALL,
      ...given.request,
    }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    await endsNoticed(simulator);
    return { error, simulator, leftOpen: simulator.openConnections() };
  } finally {
    await simulator.close();
  }
}

/** Waits for the other end to notice that its peer is gone, which a busy machine delays; what is left open stays open. */
async function endsNoticed(simulator: Simulator): Promise<void> {
  await until(() => simulator.openConnections() === 0, 'every connection is closed', 10_000).catch(() => {});
}
