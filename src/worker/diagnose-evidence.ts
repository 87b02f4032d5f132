import { type CaseFocus, diagnoseCase } from '../case/diagnose-case.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { RedactedCase } from '../redact/types.ts';
import { createTaskThread } from '../threads/task-thread.ts';

export interface DiagnoseTask {
  readonly evidence: RedactedCase;
  readonly focus: CaseFocus;
}

/** Characters. Shorter evidence is diagnosed in less than a second, so it needs no thread. */
const SHORT_TEXT_LIMIT = 1_000_000;
/** The largest accepted configuration uses about three quarters of it (docs/operations.md). */
const HEAP_MB = 256;
const TIME_LIMIT_MS = 120_000;

/** One thread per process: long evidence is diagnosed one case at a time. */
const thread = createTaskThread<DiagnoseTask, Diagnosis>({
  module: new URL(
    import.meta.url.endsWith('.ts') ? './diagnose-worker.ts' : './diagnose-worker.js',
    import.meta.url,
  ),
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
});

/**
 * `diagnoseCase` with limits: rejects with `ftm_evidence_too_large` if the evidence takes too much memory or time.
 */
export async function diagnoseEvidence(evidence: RedactedCase, focus: CaseFocus): Promise<Diagnosis> {
  const size = evidence.items.reduce((sum, { text }) => sum + text.length, 0);
  return size <= SHORT_TEXT_LIMIT ? diagnoseCase(evidence, focus) : await thread.run({ evidence, focus });
}
