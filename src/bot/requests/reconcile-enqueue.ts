import { setTimeout as sleep } from 'node:timers/promises';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { RequestJob } from '../../platform/runs/queue-job.ts';
import type { Reconciliation } from './ports.ts';

export interface ReconcileOptions extends Pick<Dependencies, 'queue' | 'runs' | 'logger'> {
  readonly everyMs?: number;
}

/** Slack redelivers an event for five minutes. */
const MAX_DURATION_MS = 10 * 60_000;
const RETRY_INTERVAL_MS = 1000;
const MAX_LOOKUPS = 30;

/**
 * The person was told that nothing was started, or that it is uncertain; this makes one of the two true. When the
 * queue is available again it uses the request's id for a job that does nothing, so that neither a late delivery nor
 * a call still under way starts it. A request that has a record has a worker, or had one: its answer follows in Slack,
 * also where the queue lost the job in a failover, and the person must be told. Without a record an id that is used
 * already may be the mark of another process.
 */
export async function reconcileEnqueue(
  { runId, acceptedAt }: RequestJob,
  error: FtmError,
  { queue, runs, logger, everyMs = RETRY_INTERVAL_MS }: ReconcileOptions,
): Promise<Reconciliation | undefined> {
  const data = { kind: 'withdraw', runId, acceptedAt } as const;
  const until = Date.now() + MAX_DURATION_MS;
  while (Date.now() < until) {
    await sleep(everyMs, undefined, { ref: false });
    try {
      const { state } = await queue.enqueue({ id: runId, data });
      // Only a real request leaves a record, at the latest with its worker.
      const lookups = state === 'duplicate' ? MAX_LOOKUPS : 1;
      let isTaken = false;
      for (let lookup = 0; lookup < lookups && !isTaken; lookup += 1) {
        if (lookup > 0) await sleep(everyMs, undefined, { ref: false });
        isTaken = (await runs.get(runId)) !== undefined;
      }
      logger.info({ run: runId, isTaken }, 'refused request withdrawn');
      if (isTaken) return 'taken';
      return error.code === 'ftm_queue_uncertain' ? 'not-taken' : undefined;
    } catch (error) {
      // An error other than an unavailable queue will not disappear by itself.
      if (!(error instanceof FtmError)) return undefined;
    }
  }
  return undefined;
}
