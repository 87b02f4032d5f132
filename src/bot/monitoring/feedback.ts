import type { Dependencies } from '../../platform/dependencies.ts';
import type { JobQueue } from '../../platform/queue/job-queue.ts';
import { type FeedbackEntry, toFeedbackReport } from '../../platform/runs/feedback-report.ts';
import { isDirectMessage, type Run } from '../../platform/runs/run.ts';
import type { FeedbackStore } from '../../platform/store/feedback-store.ts';
import { keptEvidence } from '../../platform/store/kept-evidence.ts';
import { messageLink } from '../../report/block-kit/message-link.ts';
import { feedbackNotice, feedbackSummary } from '../../report/documents/feedback-texts.ts';
import type { NotifyOpsOptions } from './notify-ops.ts';

/** Queue of notices to the operations channel. */
export type FeedbackJob =
  | { readonly kind: 'notice'; readonly runId: string; readonly user: string; readonly at: number }
  | { readonly kind: 'summary' };

export interface FeedbackRecorderOptions extends Pick<Dependencies, 'records' | 'metrics' | 'logger'> {
  readonly store: FeedbackStore;
  /** Absent if there is no operations channel. */
  readonly queue?: Pick<JobQueue<FeedbackJob, undefined>, 'enqueue'> | undefined;
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
    const { user, reason, at } = entry;
    const known = await store.get(run.id);
    await store.add(toFeedbackReport(run, entry, version), await keptEvidence(records, run));
    if (!known?.entries.some((each) => each.user === user)) metrics.count('feedback_total', { reason });
    const id = `feedback.${run.id}.${user.replaceAll(/[^A-Za-z0-9]/g, '')}.${at}`;
    await queue
      ?.enqueue({ id, data: { kind: 'notice', runId: run.id, user, at } })
      .catch((error: unknown) => {
        logger.warn({ err: error, run: run.id }, 'the notice about feedback could not be queued');
      });
  };
}

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
/** Mondays at 08:00 UTC. */
export const SUMMARY_SCHEDULE = { id: 'feedback-summary', pattern: '0 8 * * 1' } as const;
const SUMMARY_KEY = 'feedback-summary';
/** Longer than the time in which a job can be tried again. */
const NOTICE_RETENTION_MS = WEEK_MS;
const SUMMARY_RETENTION_MS = 52 * WEEK_MS;

/**
 * Posts feedback to the operations channel. A job that is tried again posts nothing twice, unless the process died
 * between the post and its record.
 */
export function createFeedbackNotices(options: NotifyOpsOptions & { readonly store: FeedbackStore }) {
  const { store, records, post, now } = options;

  async function notice({ runId, user, at }: Extract<FeedbackJob, { kind: 'notice' }>): Promise<void> {
    const report = await store.get(runId);
    const entry = report?.entries.find((each) => each.user === user && each.at === at);
    // The person gave new feedback since, which has a separate notice.
    if (report === undefined || entry === undefined) return;
    const key = `feedback-notice:${runId}.${user}.${at}`;
    if ((await records.get(key)) !== undefined) return;
    const { channel, answerTs: ts } = report;
    const link = ts === undefined || isDirectMessage(channel) ? undefined : messageLink(channel, ts);
    await post(feedbackNotice(report, entry, link));
    await records.put(key, 'posted', 0, NOTICE_RETENTION_MS);
  }

  async function summary(): Promise<void> {
    const until = now();
    const stored = await records.get(SUMMARY_KEY);
    const since = stored === undefined ? until - WEEK_MS : Number(stored.text) + 1;
    const text = feedbackSummary(await store.since(since), Math.max(1, Math.round((until - since) / DAY_MS)));
    if (text !== '') await post(text);
    await records.put(SUMMARY_KEY, String(until), stored?.version ?? 0, SUMMARY_RETENTION_MS);
  }

  return async (job: FeedbackJob) => {
    await (job.kind === 'notice' ? notice(job) : summary());
    return undefined;
  };
}
