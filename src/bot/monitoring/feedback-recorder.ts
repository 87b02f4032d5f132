import type { Dependencies } from '../../platform/dependencies.ts';
import type { JobQueue } from '../../platform/queue/job-queue.ts';
import { type FeedbackEntry, toFeedbackReport } from '../../platform/runs/feedback-report.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { FeedbackStore } from '../../platform/store/feedback-store.ts';
import { keptEvidence } from '../../platform/store/kept-evidence.ts';

/** Queue of notices to the operations channel. */
export type FeedbackJob =
  | { readonly kind: 'notice'; readonly runId: string; readonly user: string; readonly at: number }
  | { readonly kind: 'summary' };

export interface FeedbackRecorderOptions extends Pick<Dependencies, 'records' | 'metrics' | 'logger'> {
  readonly store: FeedbackStore;
  /** Absent if there is no operations channel. */
  readonly queue?: Pick<JobQueue<FeedbackJob, undefined>, 'enqueue'> | undefined;
  /** Version of ftm-check. */
  readonly version: string;
}

/** Rejects with an `FtmError` if the store is unavailable. A notice that cannot be queued is only logged. */
export type RecordFeedback = (run: Run, entry: FeedbackEntry) => Promise<void>;

/**
 * Stores feedback about an answer with the evidence of the answer, counts it, and notifies the operations channel.
 */
export function createFeedbackRecorder(options: FeedbackRecorderOptions): RecordFeedback {
  const { store, records, queue, metrics, logger, version } = options;

  return async (run, entry) => {
    await store.add(toFeedbackReport(run, entry, version), await keptEvidence(records, run));
    if (run.feedback?.[entry.user] === undefined) metrics.count('feedback_total', { reason: entry.reason });
    const { user, at } = entry;
    const id = `feedback.${run.id}.${user.replaceAll(/[^A-Za-z0-9]/g, '')}.${at}`;
    await queue
      ?.enqueue({ id, data: { kind: 'notice', runId: run.id, user, at } })
      .catch((error: unknown) => {
        logger.warn({ err: error, run: run.id }, 'the notice about feedback could not be queued');
      });
  };
}
