import { groupAnswerId } from '../runs/group.ts';
import type { QueueJob } from '../runs/queue-job.ts';
import type { RunOutcome } from '../runs/run.ts';
import type { JobHandler, JobQueue, NewJob } from './job-queue.ts';

/** The result of a job; nothing if no request waits for it. */
export type JobResult = RunOutcome | undefined;

/** The queue of runs. Other programs may write to it: see `readStoredJob`. */
export type RunQueue = JobQueue<QueueJob, JobResult>;

export type RunHandler = JobHandler<QueueJob, JobResult>;

/** One per group, whichever process enqueues it first. `acceptedAt`: of the group's run. */
export function groupAnswerJob(runId: string, acceptedAt: number): NewJob<QueueJob> {
  return { id: groupAnswerId(runId), data: { kind: 'group-answer', runId, acceptedAt } };
}
