import { type CaseFocus, diagnoseCase, readCase } from '../case/diagnose-case.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { textSize } from '../redact/text-size.ts';
import type { RedactedCase } from '../redact/types.ts';
import { createTaskThread } from '../threads/task-thread.ts';
import { type DiagnosedDevice, diagnosedDevice } from './diagnosed-device.ts';
import { type EncodedCase, encodeCase } from './encoded-case.ts';

export interface DiagnoseTask {
  /** The evidence, or a job that holds it (`AnalyzeJob.packed`). */
  readonly evidence: EncodedCase | { readonly packed: string };
  readonly focus: CaseFocus;
  /** Whether the settings of the device are wanted, too. */
  readonly withSettings?: true;
}

/** Characters. Shorter evidence is diagnosed in less than a second, so it needs no thread. */
const SHORT_TEXT_LIMIT = 1_000_000;
/** The largest accepted configuration uses about three quarters of it (docs/how-to/operations.md). */
const HEAP_MB = 104;
const TIME_LIMIT_MS = 120_000;

/** One thread per process: long evidence is diagnosed one case at a time. */
const thread = createTaskThread<DiagnoseTask, Diagnosis | DiagnosedDevice>({
  module: new URL(
    import.meta.url.endsWith('.ts') ? './diagnose-worker.ts' : './diagnose-worker.js',
    import.meta.url,
  ),
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
});

/**
 * `diagnoseCase` with limits: rejects with `ftm_evidence_too_large` if the evidence takes too much memory or time, and
 * with the reason of `signal` when that aborts.
 */
export async function diagnoseEvidence(
  evidence: RedactedCase,
  focus: CaseFocus,
  signal?: AbortSignal,
): Promise<Diagnosis> {
  if (textSize(evidence) <= SHORT_TEXT_LIMIT) return diagnoseCase(evidence, focus);
  return withoutSettings(await inThread(evidence, { focus }, signal));
}

/** The same diagnosis, with the settings of the device. */
export async function diagnoseDevice(
  evidence: RedactedCase,
  focus: CaseFocus,
  signal?: AbortSignal,
): Promise<DiagnosedDevice> {
  if (textSize(evidence) <= SHORT_TEXT_LIMIT) return diagnosedDevice(readCase(evidence, focus));
  const found = await inThread(evidence, { focus, withSettings: true }, signal);
  return 'settings' in found ? found : { diagnosis: found, settings: [] };
}

function withoutSettings(found: Diagnosis | DiagnosedDevice): Diagnosis {
  return 'settings' in found ? found.diagnosis : found;
}

async function inThread(
  evidence: RedactedCase,
  asked: Omit<DiagnoseTask, 'evidence'>,
  signal: AbortSignal | undefined,
): Promise<Diagnosis | DiagnosedDevice> {
  return await thread.runPrepared(() => {
    const encoded = encodeCase(evidence);
    return { task: { evidence: encoded, ...asked }, transfer: encoded.texts.map(({ buffer }) => buffer) };
  }, signal);
}

/** `diagnoseEvidence` of a job that is unpacked in the thread. */
export async function diagnosePacked(packed: string, focus: CaseFocus): Promise<Diagnosis> {
  return withoutSettings(await thread.run({ evidence: { packed }, focus }));
}
