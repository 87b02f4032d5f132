import { type CaseFocus, diagnose, diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { textSize } from '../../engine/evidence/redacted-case.ts';
import { type DiagnosedDevice, diagnosedDevice } from './diagnosed-device.ts';
import { encodeCase } from './encoded-case.ts';
import { type DiagnoseTask, textThread } from './text-thread.ts';

/** Characters. Shorter evidence is diagnosed in less than a second, so it needs no thread. */
const SHORT_TEXT_LIMIT = 1_000_000;

/**
 * `diagnose` with limits: rejects with `ftm_evidence_too_large` if the evidence takes too much memory or time, and
 * with the reason of `signal` when that aborts.
 */
export async function diagnoseEvidence(
  evidence: RedactedCase,
  focus: CaseFocus,
  signal?: AbortSignal,
): Promise<Diagnosis> {
  if (textSize(evidence) <= SHORT_TEXT_LIMIT) return diagnose(evidence, focus);
  return withoutSettings(await inThread(evidence, { focus }, signal));
}

/** The same diagnosis, with the settings of the device. */
export async function diagnoseDevice(
  evidence: RedactedCase,
  focus: CaseFocus,
  signal?: AbortSignal,
): Promise<DiagnosedDevice> {
  if (textSize(evidence) <= SHORT_TEXT_LIMIT) return diagnosedDevice(diagnoseWithEvidence(evidence, focus));
  const found = await inThread(evidence, { focus, withSettings: true }, signal);
  return 'settings' in found ? found : { diagnosis: found, settings: [] };
}

function withoutSettings(found: Diagnosis | DiagnosedDevice): Diagnosis {
  return 'settings' in found ? found.diagnosis : found;
}

async function inThread(
  evidence: RedactedCase,
  asked: Pick<DiagnoseTask, 'focus' | 'withSettings'>,
  signal: AbortSignal | undefined,
): Promise<Diagnosis | DiagnosedDevice> {
  const prepare = () => {
    const encoded = encodeCase(evidence);
    const transfer = encoded.texts.map(({ buffer }) => buffer);
    return { task: { kind: 'diagnose', evidence: encoded, ...asked } as const, transfer };
  };
  return (await textThread.runPrepared(prepare, signal)) as Diagnosis | DiagnosedDevice;
}

/** `diagnoseEvidence` of a job that is unpacked in the thread. */
export async function diagnosePacked(packed: string, focus: CaseFocus): Promise<Diagnosis> {
  const task: DiagnoseTask = { kind: 'diagnose', evidence: { packed }, focus };
  return withoutSettings((await textThread.run(task)) as Diagnosis | DiagnosedDevice);
}
