import { expect } from 'vitest';
import type { CollectionProgress, CollectionRequest } from '../../src/device/collector.ts';
import { createCollector } from '../../src/device/create-collector.ts';
import type { DebugSessionTiming } from '../../src/device/live/debug-session.ts';
import type { LiveRequest } from '../../src/device/live/live-types.ts';
import type { LiveSummary } from '../../src/engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import type { CommandId } from '../../src/engine/fortios/commands.ts';
import type { Device } from '../../src/platform/config/inventory-types.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { deviceAt } from './device-fixture.ts';

export interface LiveGiven {
  readonly configText?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly behaviour?: SimulatorBehaviour;
  readonly device?: Partial<Device>;
  /** Instead of the password of the look-alike's own user. */
  readonly secret?: string;
  readonly seconds?: number;
  readonly timing?: Partial<DebugSessionTiming>;
  readonly live?: Partial<LiveRequest>;
  readonly request?: Partial<CollectionRequest>;
  /** Called once the device listens. */
  readonly onWatching?: (simulator: Simulator) => unknown;
  readonly before?: (simulator: Simulator) => void;
}

export interface LiveSeen {
  readonly simulator: Simulator;
  readonly items: readonly EvidenceItem[];
  /** What a window saw. */
  readonly item: EvidenceItem | undefined;
  readonly report: LiveSummary | undefined;
  readonly error: unknown;
  readonly progress: readonly CollectionProgress[];
  readonly opened: number;
  readonly closed: number;
  /** Lines of `diagnose debug`, in the order they were received. */
  readonly debugLines: readonly string[];
}

const READ: readonly CommandId[] = ['ssl-vpn', 'phase1-interfaces'];

/** One live check of a look-alike of its own; `examine` sees both while the look-alike is still there. */
export async function liveCheck(
  given: LiveGiven,
  examine: (seen: LiveSeen) => void | Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({
    configText: given.configText ?? sampleConfig('branch-07'),
    outputs: given.outputs,
    behaviour: given.behaviour,
  });
  const collect = createCollector({
    readSecret: () => Promise.resolve(given.secret ?? SIMULATED_USER.password),
    timing: {
      evaluate: 40,
      afterLogin: 500,
      keepAwake: 300,
      closeWhenLost: 3_000,
      fast: 60_000,
      ...given.timing,
    },
  });
  const progress: CollectionProgress[] = [];
  let report: LiveSummary | undefined;
  let error: unknown;
  let items: readonly EvidenceItem[] = [];
  let opened = 0;
  let closed = 0;
  given.before?.(simulator);
  try {
    items = await collect({
      device: deviceAt(simulator, given.device),
      commands: READ,
      onProgress(value) {
        if (value.phase === 'watching' && progress.at(-1)?.phase !== 'watching')
          given.onWatching?.(simulator);
        progress.push(value);
      },
      ...given.request,
      live: {
        seconds: given.seconds ?? 1,
        async onOpening() {
          opened += 1;
        },
        async onClosed() {
          closed += 1;
        },
        onReport: (value) => {
          report = value;
        },
        ...given.live,
      },
    }).catch((thrown: unknown) => {
      error = thrown;
      return [];
    });
    await examine({
      simulator,
      items,
      item: items.find(({ name }) => name === 'live debug'),
      report,
      error,
      progress,
      opened,
      closed,
      debugLines: simulator.commands.filter((line) => line.startsWith('diagnose debug')),
    });
  } finally {
    await simulator.close();
  }
}

/** What every window has to leave behind, however it ended. */
export const OFF: readonly string[] = [];

export function isOff({ simulator }: Pick<LiveSeen, 'simulator'>): void {
  expect(simulator.debugOn()).toEqual(OFF);
  expect(simulator.writes).toEqual([]);
}
