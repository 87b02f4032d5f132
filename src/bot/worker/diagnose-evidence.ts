import { type CaseFocus, diagnose, diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { textSize } from '../../engine/evidence/redacted-case.ts';
import { readVersion } from '../../platform/observe/version.ts';
import { type PackedCase, packCase } from '../../platform/store/packed-case.ts';
import { IDLE_MS, TaskThread } from '../../platform/threads/task-thread.ts';
import { type DiagnosedDevice, toDiagnosedDevice } from './diagnosed-device.ts';

export interface DiagnoseTask {
  readonly packed: PackedCase;
  readonly focus: CaseFocus;
  /** The settings of a large configuration take 60 MB and more here. */
  readonly withSettings: boolean;
}

/** Characters. Shorter evidence is diagnosed in less than a second, so it needs no thread. */
const SHORT_TEXT_LIMIT = 1_000_000;
/** The largest accepted configuration uses about three quarters of it (docs/how-to/operations.md). */
const HEAP_MB = 104;
const TIME_LIMIT_MS = 120_000;

/** One thread per process: long texts are diagnosed one at a time. */
const thread = new TaskThread<DiagnoseTask, DiagnosedDevice>({
  module: './diagnose-worker',
  from: import.meta.url,
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
  idleMs: IDLE_MS,
});

/**
 * `diagnose` with limits: rejects with `ftm_evidence_too_large` if the evidence takes too much memory or time. Packed
 * evidence is opened in the thread.
 */
export async function diagnoseEvidence(
  evidence: RedactedCase | PackedCase,
  focus: CaseFocus,
): Promise<Diagnosis> {
  if (isShort(evidence)) return diagnose(evidence, focus);
  return (await diagnoseInThread(evidence, focus, false)).diagnosis;
}

/** The same diagnosis, with the settings of the device. Rejects with the reason of `signal` when that aborts. */
export async function diagnoseDevice(
  evidence: RedactedCase,
  focus: CaseFocus,
  signal?: AbortSignal,
): Promise<DiagnosedDevice> {
  if (isShort(evidence)) return toDiagnosedDevice(diagnoseWithEvidence(evidence, focus));
  return await diagnoseInThread(evidence, focus, true, signal);
}

function isShort(evidence: RedactedCase | PackedCase): evidence is RedactedCase {
  return typeof evidence !== 'string' && textSize(evidence) <= SHORT_TEXT_LIMIT;
}

async function diagnoseInThread(
  evidence: RedactedCase | PackedCase,
  focus: CaseFocus,
  withSettings: boolean,
  signal?: AbortSignal,
): Promise<DiagnosedDevice> {
  const packed =
    typeof evidence === 'string' ? evidence : await packCase({ evidence, focus, version: readVersion() });
  return await thread.run({ packed, focus, withSettings }, signal);
}
