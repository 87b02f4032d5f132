import { groupAnswerId } from '../runs/group.ts';
import type { QueueJob } from '../runs/queue-job.ts';
import type { NewJob } from './job-queue.ts';

/** One per group, whichever process enqueues it first. `acceptedAt`: of the group's run. */
export function groupAnswerJob(runId: string, acceptedAt: number): NewJob<QueueJob> {
  return { id: groupAnswerId(runId), data: { kind: 'group-answer', runId, acceptedAt } };
}
