import {
  createFeedbackNotices,
  createFeedbackRecorder,
  type FeedbackJob,
  SUMMARY_SCHEDULE,
} from '../bot/monitoring/feedback.ts';
import { createOpsPost, type OpsClient } from '../bot/monitoring/notify-ops.ts';
import type { Config } from '../platform/config/load-config.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import { readVersion } from '../platform/observe/version.ts';
import type { ProcessOptions } from '../platform/queue/job-queue.ts';
import type { Backend } from '../platform/queue/open-backend.ts';
import { createFeedbackStore } from '../platform/store/feedback-store.ts';

export interface FeedbackServiceOptions extends Pick<Dependencies, 'metrics' | 'logger'> {
  readonly config: Pick<Config, 'opsChannel' | 'opsTeam' | 'feedbackMs'>;
  readonly backend: Pick<Backend, 'records' | 'openQueue'>;
  readonly client: (team: string | undefined) => OpsClient;
  /** Cron pattern of the summary, in UTC. */
  readonly summaryPattern?: string;
}

const PROCESS: ProcessOptions = { concurrency: 1, attempts: 6, backoffMs: 5_000, timeLimitMs: 60_000 };

/** Handling of feedback: stored for `ftm-check feedback`, counted, and posted to the operations channel. */
export function createFeedbackService(options: FeedbackServiceOptions) {
  const { config, backend, client, metrics, logger } = options;
  const { records } = backend;
  const store = createFeedbackStore(records, config.feedbackMs);
  const post = createOpsPost(config, client);
  const queue = post && backend.openQueue<FeedbackJob, undefined>('feedback');
  return {
    record: createFeedbackRecorder({ store, records, queue, metrics, logger, version: readVersion() }),
    /** Posts notices and the weekly summary in this process, if there is an operations channel. */
    async work() {
      if (post === undefined || queue === undefined) return;
      const handle = createFeedbackNotices({ store, records, post, now: Date.now });
      await queue.process(handle, PROCESS);
      const pattern = options.summaryPattern ?? SUMMARY_SCHEDULE.pattern;
      await queue
        .schedule({ ...SUMMARY_SCHEDULE, pattern, data: { kind: 'summary' } })
        .catch((error: unknown) => logger.warn({ err: error }, 'the weekly summary could not be scheduled'));
    },
  };
}
