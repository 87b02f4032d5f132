import type { Dependencies } from '../../platform/dependencies.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import { groupAnswerId, isGroupRun } from '../../platform/runs/group.ts';
import type { LateJob } from '../../platform/runs/queue-job.ts';
import type { Run } from '../../platform/runs/run.ts';

export type RecoveryOptions = Pick<Dependencies, 'queue' | 'runs' | 'logger' | 'now'>;

const MINUTE_MS = 60_000;
/** The job of a younger run may still be being enqueued. */
export const MIN_AGE_MS = 2 * MINUTE_MS;
/** An older run has no one who waits for it. */
const MAX_AGE_MS = 3 * 24 * 60 * MINUTE_MS;
/** Longer than all attempts of one job take. */
const RETRY_INTERVAL_MS = 15 * MINUTE_MS;
const MAX_RUNS = 200;

/**
 * Enqueues a late answer for runs that have no answer and no job: the job used up its attempts while Slack was
 * unavailable, or was lost with the queue's data. All workers may call this: they create one job per run.
 */
export async function recoverOrphanedRuns({ queue, runs, logger, now }: RecoveryOptions): Promise<number> {
  const at = now();
  const waiting = await runs.unanswered({ from: at - MAX_AGE_MS, until: at - MIN_AGE_MS }, MAX_RUNS);
  let recovered = 0;
  for (const run of waiting) {
    if (isGroupRun(run)) {
      await resumeGroup(run, { queue, now });
      continue;
    }
    if (await isPending(run.id, queue)) continue;
    if (!(await enqueueLateAnswer(run, { queue, now }))) continue;
    recovered += 1;
    logger.warn({ run: run.id, ageMs: at - run.acceptedAt }, 'enqueued a late answer for a run without one');
  }
  return recovered;
}

export async function isPending(id: string, queue: Pick<RunQueue, 'state'>): Promise<boolean> {
  return ['waiting', 'delayed', 'active'].includes(await queue.state(id));
}

/** Runs once a minute; `more` is other recovery with the same interval. */
export function startRecovery(options: RecoveryOptions, more: () => Promise<unknown>): { stop(): void } {
  const timer = setInterval(() => {
    Promise.all([recoverOrphanedRuns(options), more()]).catch((error: unknown) =>
      options.logger.warn({ err: error }, 'recovery failed'),
    );
  }, MINUTE_MS).unref();
  return { stop: () => clearInterval(timer) };
}

type LateAnswerTarget = Pick<Run, 'id' | 'asker' | 'replyTo' | 'acceptedAt' | 'alias'> &
  Pick<LateJob, 'isRestored'>;

/**
 * Enqueues a job that reports what happened to a run; false if another process did. The pasted text is not stored and
 * a device is not read again: the person can repeat the request.
 */
export async function enqueueLateAnswer(
  { id, asker, replyTo, acceptedAt, alias, isRestored }: LateAnswerTarget,
  { queue, now }: Pick<RecoveryOptions, 'queue' | 'now'>,
): Promise<boolean> {
  const { state } = await queue.enqueue({
    // The job group allows one job at a time, the id one job per interval.
    id: `${id}.late-${Math.floor(now() / RETRY_INTERVAL_MS)}`,
    jobGroup: `late.${id}`,
    data: { kind: 'late', runId: id, asker, replyTo, acceptedAt, alias, isRestored },
  });
  return state !== 'duplicate';
}

const INTERVAL_MS = 5 * 60_000;

/**
 * Continues a group check without an answer: jobs of devices that were lost with the queue's data are enqueued again.
 * If no job was lost this changes nothing. Once in five minutes, by all processes together.
 */
async function resumeGroup(
  { id: runId, group, asker, replyTo, acceptedAt, user, vdom }: Run & Required<Pick<Run, 'group'>>,
  { queue, now }: { readonly queue: RunQueue; readonly now: () => number },
): Promise<boolean> {
  for (const id of [runId, groupAnswerId(runId)]) if (await isPending(id, queue)) return false;
  const { name, sweep } = group;
  const { state } = await queue.enqueue({
    id: `${runId}.resume-${Math.floor(now() / INTERVAL_MS)}`,
    jobGroup: `resume.${runId}`,
    data: { kind: 'group', runId, acceptedAt, asker, replyTo, group: name, aliases: [], user, vdom, sweep },
  });
  return state !== 'duplicate';
}
