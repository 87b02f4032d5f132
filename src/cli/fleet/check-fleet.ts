import { join } from 'node:path';
import { diagnoseItems, focusOf, readDevice } from '../../bot/worker/check-device.ts';
import { createCollector } from '../../device/create-collector.ts';
import { createSessionLimits } from '../../device/session-limits.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import type { FtmError } from '../../ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { openEvidenceFolder } from '../evidence/saved-evidence.ts';
import { withDebugCleanup } from '../process/debug-cleanup.ts';
import { asFtmError } from '../process/explain-error.ts';
import { debugLogger } from '../terminal/debug-logger.ts';
import type { Io } from '../terminal/io.ts';
import { showFleetProgress } from './fleet-progress.ts';

export interface FleetCheck {
  readonly devices: readonly Device[];
  readonly user?: string;
  readonly vdom?: string;
  /** Devices read at the same time. */
  readonly concurrency: number;
  /** A folder for the evidence: one folder below it for each device. */
  readonly saveEvidence?: string;
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
  const { devices, concurrency } = check;
  const withSession = createSessionLimits(concurrency);
  using progress = showFleetProgress(devices.length, () => performance.now(), io);

  async function checkOne(device: Device): Promise<void> {
    if (io.signal.aborted) return;
    try {
      onResult(await readOne(device, check, progress.refresh, io));
    } catch (thrown) {
      if (io.signal.aborted) return;
      onResult({ device, error: asFtmError(thrown) });
    }
    progress.done();
  }

  await Promise.all(devices.map((device) => withSession({ device }, () => checkOne(device))));
}

async function readOne(
  device: Device,
  { user, vdom, saveEvidence }: FleetCheck,
  onProgress: () => void,
  io: Io,
): Promise<FleetResult> {
  await using saved =
    saveEvidence === undefined ? undefined : await openEvidenceFolder(join(saveEvidence, device.alias));
  const collect = createCollector({
    readSecret: (ref) => readSecret(ref, io.env),
    logger: debugLogger(io),
  });
  const startedAt = performance.now();
  const asked = { device, user, vdom, readAt: io.now(), signal: io.signal, onProgress };
  const reading = await readDevice(asked, withDebugCleanup(collect, device, io));
  await saved?.save({ evidence: reading.evidence, focus: focusOf(asked, reading) });
  const diagnosis = await diagnoseItems(asked, reading);
  const tookMs = Math.round(performance.now() - startedAt);
  return { device, diagnosis, evidence: reading.evidence.items, tookMs };
}
