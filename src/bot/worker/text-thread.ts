import type { CaseFocus } from '../../engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { StoredJob } from '../../platform/runs/stored-job.ts';
import { IDLE_MS } from '../../platform/threads/kept-thread.ts';
import { createTaskThread } from '../../platform/threads/task-thread.ts';
import type { DiagnosedDevice } from './diagnosed-device.ts';
import type { EncodedCase } from './encoded-case.ts';

export type TextTask =
  /** A job of the queue, as `packPayload` made it. */
  { readonly kind: 'unpack'; readonly packed: string } | DiagnoseTask;

export interface DiagnoseTask {
  readonly kind: 'diagnose';
  /** The evidence, or a job that holds it (`AnalyzeJob.packed`). */
  readonly evidence: EncodedCase | { readonly packed: string };
  readonly focus: CaseFocus;
  /** Whether the settings of the device are needed, too. */
  readonly withSettings?: true;
}

export type TextAnswer = StoredJob | Diagnosis | DiagnosedDevice;

/** The largest accepted configuration uses about three quarters of it (docs/how-to/operations.md). */
const HEAP_MB = 104;
const TIME_LIMIT_MS = 120_000;

/**
 * The thread for long texts of this process, one at a time. A job is unpacked and diagnosed in the same: two would hold
 * the memory of both.
 */
export const textThread = createTaskThread<TextTask, TextAnswer>({
  module: new URL(import.meta.url.endsWith('.ts') ? './text-worker.ts' : './text-worker.js', import.meta.url),
  heapMb: HEAP_MB,
  timeLimitMs: TIME_LIMIT_MS,
  idleMs: IDLE_MS,
});
