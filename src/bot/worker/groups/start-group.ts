import { findDevice } from '../../../platform/config/listed-devices.ts';
import { queueAbort } from '../../../platform/queue/job-queue.ts';
import { groupAnswerJob } from '../../../platform/queue/run-queue.ts';
import { memberId } from '../../../platform/runs/group.ts';
import { type GroupJob, type MemberJob, toRun } from '../../../platform/runs/queue-job.ts';
import type { Run } from '../../../platform/runs/run.ts';
import { failedRow } from '../../../report/documents/cases/case-row.ts';
import { isPending } from '../../recovery/recover-orphaned-runs.ts';
import { answerRun } from '../answer-run.ts';
import { requestLost } from '../failed-outcome.ts';
import { holdBackMs } from '../sweeps/time-windows.ts';
import type { WorkContext, WorkerOptions } from '../worker-options.ts';

/** Enqueued at the same time: each takes a few round trips to Redis. */
const BATCH = 20;
const LOST = 'The check of this device was lost. The operator of ftm-check finds the reason in the log.';

/**
 * Enqueues one background job for each device of the group that has no result. Idempotent: a second job of the same
 * group continues, and reports devices whose own job was lost.
 */
export async function startGroup(job: GroupJob, context: WorkContext, options: WorkerOptions): Promise<void> {
  const { queue, runs, groups } = options;
  const run = (await runs.get(job.runId)) ?? (await runs.create(toRun(job)));
  if (run.answeredAt !== undefined) return;
  const aliases = await groups.open(run.id, job.aliases);
  if (aliases === undefined) {
    await answerRun(run, context, options, () => requestLost());
    return;
  }
  openMessage(run, context.attempt === 1 && job.aliases.length > 0, options);
  const stopped = queueAbort(context.signal);
  if (stopped?.code === 'ftm_cancelled') await groups.cancel(run.id, stopped.message);
  const seenBefore = await enqueueMembers(job, aliases, context.signal, options);
  for (const member of seenBefore) await reportIfLost(member, options);
  const isOver =
    (await groups.cancelled(run.id)) !== undefined || (await groups.rows(run.id)).length === aliases.length;
  if (isOver) {
    const delayMs = holdBackMs(run.group?.sweep, options);
    await queue.enqueue({ ...groupAnswerJob(run.id, run.acceptedAt), delayMs });
  }
}

/** The devices do not wait for Slack. A sweep posts only its result. */
function openMessage(run: Run, firstTry: boolean, { delivery, logger }: WorkerOptions): void {
  if (run.group?.sweep !== undefined) return;
  delivery
    .postPlaceholder(run, { firstTry })
    .catch((error: unknown) => logger.warn({ run: run.id, err: error }, 'no placeholder yet'));
}

/** Resolves with the devices whose job existed already. */
async function enqueueMembers(
  job: GroupJob,
  aliases: readonly string[],
  signal: AbortSignal,
  { queue, groups }: WorkerOptions,
): Promise<readonly MemberJob[]> {
  const known = new Set((await groups.rows(job.runId)).map(({ number }) => number));
  const missing = aliases
    .map((alias, number) => toMember(job, alias, number, aliases.length))
    .filter(({ member }) => !known.has(member.number));
  const seenBefore: MemberJob[] = [];
  for (let at = 0; at < missing.length; at += BATCH) {
    if ((await groups.cancelled(job.runId)) !== undefined) return [];
    // Interrupted: the job runs again, and continues.
    signal.throwIfAborted();
    const batch = missing.slice(at, at + BATCH);
    const enqueued = await Promise.all(
      batch.map((member) =>
        // Without a join key: no other request has the same question, and the result of another check may be older.
        queue.enqueue({ id: member.runId, data: member, jobGroup: member.alias, background: true }),
      ),
    );
    seenBefore.push(...batch.filter((_, index) => enqueued[index]?.state === 'duplicate'));
  }
  return seenBefore;
}

/** Its job used up its attempts, for example because each of its workers died. */
async function reportIfLost(
  { runId, alias, member }: MemberJob,
  { queue, groups, inventory, logger }: WorkerOptions,
): Promise<void> {
  if (await isPending(runId, queue)) return;
  if ((await groups.row(member.of, member.number)) !== undefined) return;
  logger.warn({ run: runId }, 'the check of a device of a group was lost');
  await groups.add(member.of, {
    ...failedRow(alias, LOST, 4, findDevice(inventory, alias)),
    number: member.number,
  });
}

function toMember(job: GroupJob, alias: string, number: number, size: number): MemberJob {
  const { runId: of, acceptedAt, asker, replyTo, user, vdom, sweep, trace } = job;
  return {
    kind: 'group-member',
    runId: memberId(of, number),
    acceptedAt,
    trace,
    asker,
    replyTo,
    alias,
    user,
    vdom,
    member: { of, number, size, sweep },
  };
}
