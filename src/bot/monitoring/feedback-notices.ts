import { isDirectMessage } from '../../platform/runs/run.ts';
import type { FeedbackStore } from '../../platform/store/feedback-store.ts';
import type { Records } from '../../platform/store/records.ts';
import { messageLink } from '../../report/block-kit/message-link.ts';
import { feedbackNotice, feedbackSummary } from '../../report/documents/feedback-texts.ts';
import type { FeedbackJob } from './feedback-recorder.ts';

export interface FeedbackNoticesOptions {
  readonly store: FeedbackStore;
  readonly records: Pick<Records, 'get' | 'put'>;
  /** Posts Slack mrkdwn to the operations channel. */
  readonly post: (text: string) => Promise<unknown>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
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
export function createFeedbackNotices(
  options: FeedbackNoticesOptions,
): (job: FeedbackJob) => Promise<undefined> {
  const { store, records, post, now } = options;

  async function notice({ runId, user, at }: Extract<FeedbackJob, { kind: 'notice' }>): Promise<void> {
    const report = await store.get(runId);
    const entry = report?.entries.find((each) => each.user === user && each.at === at);
    // The person gave new feedback since, which has a separate notice.
    if (report === undefined || entry === undefined) return;
    const key = `feedback-notice:${runId}.${user}.${at}`;
    if ((await records.get(key)) !== undefined) return;
    const { channel, answerTs: ts } = report;
    const link = ts === undefined || isDirectMessage(channel) ? undefined : messageLink({ channel, ts });
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

  return async (job) => {
    await (job.kind === 'notice' ? notice(job) : summary());
    return undefined;
  };
}
