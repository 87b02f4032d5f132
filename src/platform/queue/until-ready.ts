import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../observe/logger.ts';
import type { JobQueue } from './job-queue.ts';

const WITHIN_MS = 10_000;

/** Waits for a Redis that is just being restarted. Rejects with `ftm_queue_unavailable`. */
export async function untilReady(
  queue: Pick<JobQueue<unknown, unknown>, 'ready'>,
  logger: Logger,
): Promise<void> {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      return await queue.ready();
    } catch (error) {
      if (Date.now() > until) throw error;
      logger.warn({ err: error }, 'the queue is not available yet, trying again');
      await sleep(500);
    }
  }
}
