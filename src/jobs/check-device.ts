import { diagnoseCase } from '../case/diagnose-case.ts';
import type { Device } from '../config/inventory-types.ts';
import type { Collect, CollectionProgress } from '../device/collector.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { redactCase } from '../redact/redact-case.ts';
import type { RedactedCase } from '../redact/types.ts';
import { RULES } from '../rules/all-rules.ts';
import { collectionPlan } from '../rules/collection-plan.ts';

export interface DeviceCheck {
  readonly device: Device;
  /** Who cannot log in. */
  readonly user?: string;
  /** Overrides the device's own. */
  readonly vdom?: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: CollectionProgress) => void;
}

/** Reads a device, takes the secrets out of what it said, and diagnoses it. Rejects with the errors of `Collect`. */
export async function checkDevice(check: DeviceCheck, collect: Collect): Promise<Diagnosis> {
  return diagnoseItems(check, await readDevice(check, collect));
}

/** The first half: what the device says to everything that a rule wants to know, without secrets. */
export async function readDevice(check: DeviceCheck, collect: Collect): Promise<RedactedCase> {
  const { device, signal, onProgress } = check;
  const items = await collect({
    device,
    commands: collectionPlan(RULES),
    ...(check.vdom === undefined ? {} : { vdom: check.vdom }),
    signal,
    ...(onProgress ? { onProgress } : {}),
  });
  return redactCase(items);
}

export function diagnoseItems(check: DeviceCheck, evidence: RedactedCase): Diagnosis {
  const { device, user } = check;
  const vdom = check.vdom ?? device.vdom;
  return diagnoseCase(evidence, {
    alias: device.alias,
    ...(device.algorithms === 'legacy' ? { algorithms: 'legacy' } : {}),
    ...(user === undefined ? {} : { user }),
    ...(vdom === undefined ? {} : { vdom }),
  });
}
