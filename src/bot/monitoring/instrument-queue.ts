import type { Metrics } from '../../platform/observe/metrics.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';

/** Measures the time from acceptance to the first attempt and continues traces. */
export function instrumentQueue(queue: RunQueue, metrics: Metrics, now: () => number): RunQueue {
  metrics.watchQueue(async () => ({
    ...(await queue.counts()),
    oldestMs: await queue.oldestWaitingMs(),
  }));
  return {
    ...queue,
    process: (handler, options) =>
      queue.process((job, context) => {
        if (context.attempt === 1 && (job.kind === 'check' || job.kind === 'analyze'))
          metrics.phase('waiting', Math.max(0, now() - job.acceptedAt));
        const attributes = { 'ftm.run': job.runId, 'ftm.attempt': context.attempt };
        return inSpan('run', { kind: 'consumer', parent: job.trace, attributes }, () =>
          handler(job, context),
        );
      }, options),
  };
}
