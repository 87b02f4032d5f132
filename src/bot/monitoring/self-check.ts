import type { Collect } from '../../device/collector.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { RuleId } from '../../engine/rules/rule-ids.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import { checkDevice } from '../worker/check-device.ts';

/** A simulated device with one known fault, which exists for one check. */
export interface SelfCheckTarget extends AsyncDisposable {
  readonly inventory: Inventory;
  readonly alias: string;
  readonly collect: Collect;
  /** The rule expected to be broken. */
  readonly expects: RuleId;
}

const TIMEOUT_MS = 60_000;

/** Reads a simulated device over SSH and diagnoses it. Rejects with the problem if its fault is not found. */
export async function runSelfCheck(openTarget: () => Promise<SelfCheckTarget>): Promise<void> {
  await using target = await openTarget();
  const device = target.inventory.devices.get(target.alias);
  if (!device) throw new FtmError('ftm_internal', 'The simulated device is missing in its own inventory.');
  const check = { device, readAt: Date.now(), signal: AbortSignal.timeout(TIMEOUT_MS) };
  const { findings } = await checkDevice(check, target.collect);
  if (findings.some(({ rule }) => rule === target.expects)) return;
  throw new FtmError(
    'ftm_internal',
    `The simulated device was read, but its fault (${target.expects}) was not found.`,
  );
}
