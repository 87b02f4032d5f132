import { setTimeout as sleep } from 'node:timers/promises';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { RequestJob } from '../../platform/runs/queue-job.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
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
 * a call still under way starts it. If the id is used already, the request is running, and the person must be told.
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
      const isTaken = state === 'duplicate' && (await isRemembered(runId, runs, everyMs));
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

/**
 * Another process may have used the id in the same way: only a real request leaves a record, at the latest with its
 * worker.
 */
async function isRemembered(id: string, runs: RunStore, everyMs: number): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_LOOKUPS; attempt += 1) {
    if ((await runs.get(id)) !== undefined) return true;
    await sleep(everyMs, undefined, { ref: false });
  }
  return false;
}
