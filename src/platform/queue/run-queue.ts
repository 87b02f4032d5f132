import { FtmError } from '../../ftm-error.ts';
import type { QueueJob } from '../runs/queue-job.ts';
import type { RunOutcome } from '../runs/run.ts';
import { fromStoredJob, type StoredJob, toStoredJob } from '../runs/stored-job.ts';
import type { JobQueue } from './job-queue.ts';

/** The result of a job; nothing if nobody waits for it. */
export type JobResult = RunOutcome | undefined;

export type RunQueue = JobQueue<QueueJob, JobResult>;

/**
 * The queue of runs, based on one that stores jobs in their stored form. An invalid job fails once, without a retry.
 */
export function createRunQueue(queue: JobQueue<StoredJob, JobResult>): RunQueue {
  return {
    ...queue,
    enqueue: (job) => queue.enqueue({ ...job, data: toStoredJob(job.data) }),
    schedule: (each) => queue.schedule({ ...each, data: toStoredJob(each.data) }),
    process: (handler, options) =>
      queue.process(async (stored, context) => await handler(fromStoredJob(stored), context), {
        ...options,
        retryable: (error) => !isInvalid(error) && (options.retryable?.(error) ?? true),
      }),
  };
}

function isInvalid(error: unknown): boolean {
  return error instanceof FtmError && error.code === 'ftm_job_invalid';
}
