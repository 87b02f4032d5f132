import type { Metrics } from '../observe/metrics.ts';
import { inSpan } from '../observe/tracing.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { RunJob, RunOutcome } from '../runs/run.ts';

/** The same queue, with the time between acceptance and the first try measured, and traces going on. */
export function instrumentQueue(
  queue: JobQueue<RunJob, RunOutcome>,
  metrics: Metrics,
  now: () => number,
): JobQueue<RunJob, RunOutcome> {
  metrics.watchQueue(async () => ({
    ...(await queue.counts()),
    oldestMs: await queue.oldestWaitingMs(),
  }));
  return {
    ...queue,
    process: (handler, options) =>
      queue.process((job, context) => {
        if (context.attempt === 1 && job.errand === undefined)
          metrics.phase('waiting', Math.max(0, now() - job.acceptedAt));
        const attributes = { 'ftm.run': job.runId, 'ftm.attempt': context.attempt };
        return inSpan('run', { kind: 'consumer', parent: job.trace, attributes }, () =>
          handler(job, context),
        );
      }, options),
  };
}
