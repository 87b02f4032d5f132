import { FtmError } from '../../ftm-error.ts';
import type { QueueJob } from '../runs/queue-job.ts';
import { readStoredJob } from '../runs/queue-job.ts';
import type { RunOutcome } from '../runs/run.ts';
import type { JobQueue } from './job-queue.ts';

/** The result of a job; nothing if no request waits for it. */
export type JobResult = RunOutcome | undefined;

export type RunQueue = JobQueue<QueueJob, JobResult>;

/**
 * The queue of runs, based on one in which other programs may write. An invalid job fails once, without a retry.
 */
export function createRunQueue(queue: JobQueue<QueueJob, JobResult>): RunQueue {
  return {
    ...queue,
    process: (handler, options) =>
      queue.process(async (stored, context) => await handler(readStoredJob(stored), context), {
        ...options,
        retryable: (error) => !isInvalid(error) && (options.retryable?.(error) ?? true),
      }),
  };
}

function isInvalid(error: unknown): boolean {
  return error instanceof FtmError && error.code === 'ftm_job_invalid';
}
