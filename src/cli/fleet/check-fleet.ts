import { join } from 'node:path';
import { type DeviceCheck, diagnoseReading, readDevice, toFocus } from '../../bot/worker/check-device.ts';
import type { OnReceived } from '../../device/device-connection.ts';
import { createSessionLimits } from '../../device/session-limits.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import type { FtmError } from '../../engine/ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { agoText } from '../../report/documents/answer/comparison.ts';
import { plural } from '../../report/documents/printable.ts';
import { openEvidenceFolder } from '../evidence/saved-evidence.ts';
import { withDebugCleanup } from '../process/debug-cleanup.ts';
import { asFtmError } from '../process/explain-error.ts';
import type { CheckOptions } from '../program/options.ts';
import { createTerminalCollector } from '../terminal/collector.ts';
import { type Io, rewriteLine } from '../terminal/io.ts';

/** `saveEvidence`: a folder, with one folder below it for each device. */
export interface FleetCheck
  extends Pick<CheckOptions, 'user' | 'vdom' | 'upgradeTo' | 'concurrency' | 'saveEvidence'> {
  readonly devices: readonly Device[];
}

export type FleetResult =
  | {
      readonly device: Device;
      readonly diagnosis: Diagnosis;
      readonly evidence: readonly EvidenceItem[];
      readonly tookMs: number;
    }
  | { readonly device: Device; readonly error: FtmError };

/**
 * Reads every device, several at the same time. Calls `onResult` as soon as a result is available, in no fixed order.
 * A device that cannot be read is a result too; after an interruption, unfinished devices have none.
 */
export async function checkFleet(
  check: FleetCheck,
  onResult: (result: FleetResult) => void,
  io: Io,
): Promise<void> {
  const { devices, concurrency, user, vdom, upgradeTo, saveEvidence } = check;
  const withSession = createSessionLimits(concurrency);
  using progress = showFleetProgress(devices.length, () => performance.now(), io);

  async function checkDevice(device: Device): Promise<void> {
    if (io.signal.aborted) return;
    try {
      const isSweep = user === undefined;
      const asked = { device, user, vdom, upgradeTo, isSweep, onProgress: progress.refresh };
      const folder = saveEvidence && join(saveEvidence, device.alias);
      const { diagnosis, evidence, tookMs } = await checkOne(asked, { saveEvidence: folder }, io);
      onResult({ device, diagnosis, evidence: evidence.items, tookMs });
    } catch (thrown) {
      if (io.signal.aborted) return;
      onResult({ device, error: asFtmError(thrown) });
    }
    progress.done();
  }

  await Promise.all(devices.map((device) => withSession({ device }, () => checkDevice(device))));
}

/** Checks a device; saves what was read, also where the diagnosis fails, and disables debug that a killed check left. */
export async function checkOne(
  asked: Omit<DeviceCheck, 'readAt' | 'signal'>,
  { saveEvidence, onReceived }: { readonly saveEvidence?: string; readonly onReceived?: OnReceived },
  io: Io,
) {
  await using saved = saveEvidence === undefined ? undefined : await openEvidenceFolder(saveEvidence);
  const collect = withDebugCleanup(createTerminalCollector(io, onReceived), asked.device, io);
  const startedAt = performance.now();
  const check = { ...asked, readAt: io.now(), signal: io.signal };
  const reading = await readDevice(check, collect);
  const { evidence } = reading;
  const focus = toFocus(check, reading);
  await saved?.save({ evidence, focus });
  const { diagnosis } = await diagnoseReading(check, reading);
  return { diagnosis, evidence, focus, tookMs: Math.round(performance.now() - startedAt) };
}

const BAR_WIDTH = 20;

/** `now` is a monotonic clock in milliseconds. */
function showFleetProgress(total: number, now: () => number, io: Io) {
  const startedAt = now();
  let done = 0;
  let lastDoneAt = startedAt;
  const refresh = () => {
    const leftMs = timeLeft({ done, total, tookMs: lastDoneAt - startedAt, sinceMs: now() - lastDoneAt });
    rewriteLine(io.stderr, progressLine({ done, total }, leftMs));
  };
  refresh();
  return {
    done() {
      done += 1;
      lastDoneAt = now();
      refresh();
    },
    /** Rewrites the line: the time left has changed. */
    refresh,
    [Symbol.dispose]: () => rewriteLine(io.stderr),
  };
}

interface FleetPace {
  readonly done: number;
  readonly total: number;
  /** From the start until the last device was done. */
  readonly tookMs: number;
  /** Since the last device was done. */
  readonly sinceMs: number;
}

/** At the current rate; absent before the first device is done. */
export function timeLeft({ done, total, tookMs, sinceMs }: FleetPace): number | undefined {
  if (done === 0) return undefined;
  return Math.max(0, (tookMs / done) * (total - done) - sinceMs);
}

export function progressLine(
  { done, total }: Pick<FleetPace, 'done' | 'total'>,
  leftMs: number | undefined,
): string {
  const filled = Math.floor((BAR_WIDTH * done) / total);
  const bar = `[${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}]`;
  const left = leftMs === undefined || done === total ? '' : `, about ${agoText(leftMs)} left`;
  return `${bar} ${done} of ${plural(total, 'device')} read${left}`;
}
