import type { QueueJob } from '../runs/queue-job.ts';
import type { RunOutcome } from '../runs/run.ts';
import type { JobHandler, JobQueue } from './job-queue.ts';

/** The result of a job; nothing if no request waits for it. */
export type JobResult = RunOutcome | undefined;

/** The queue of runs. Other programs may write to it: see `readStoredJob`. */
export type RunQueue = JobQueue<QueueJob, JobResult>;

export type RunHandler = JobHandler<QueueJob, JobResult>;
