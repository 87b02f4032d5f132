import { findDevice } from '../../../platform/config/listed-devices.ts';
import { queueAbort } from '../../../platform/queue/job-queue.ts';
import { groupAnswerJob } from '../../../platform/queue/run-queue.ts';
import type { MemberJob } from '../../../platform/runs/queue-job.ts';
import type { Run, RunOutcome } from '../../../platform/runs/run.ts';
import { failedRow, toCaseRow } from '../../../report/documents/cases/case-row.ts';
import { renderGroup } from '../../../report/formats/slack/render-group.ts';
import { isRetried } from '../answer-run.ts';
import { failedOutcome } from '../failed-outcome.ts';
import { memberOutcome } from '../produce-outcome.ts';
import { findMaintenance, holdBackMs, memberKeepMs } from '../sweeps/time-windows.ts';
import type { WorkContext, WorkerOptions } from '../worker-options.ts';
import { groupView } from './group-result.ts';

/**
 * Reads one device of a group and stores its result once, whatever the result of earlier attempts. The last device of
 * the group triggers the result message. Rejects if another attempt should follow.
 */
export async function checkMember(
  job: MemberJob,
  context: WorkContext,
  options: WorkerOptions,
): Promise<void> {
  const { groups, logger } = options;
  const { alias: name } = job;
  const { of, number, size, sweep } = job.member;
  const keepMs = memberKeepMs(job, options);
  const [row, cancelled] = await Promise.all([groups.row(of, number), groups.cancelled(of)]);
  if (row !== undefined) return await proceed(await groups.count(of));
  if (cancelled !== undefined) return;
  const skipped = findMaintenance(job, options);
  if (skipped !== undefined) {
    const { customer, site } = findDevice(options.inventory, name) ?? {};
    const row = { number, name, customer, site, state: 'skipped', headline: skipped, findings: [] } as const;
    return await proceed(await groups.add(of, row));
  }
  const outcome = await read();
  if (outcome === undefined) return;
  // Before the row: a job that finds a row adds nothing.
  const isOfUpgrade = outcome.kind === 'diagnosed' && outcome.diagnosis.upgradeTo !== undefined;
  if (!isOfUpgrade) await options.addToHistory?.(toMemberRun(job), outcome);
  const added =
    outcome.kind === 'diagnosed'
      ? { ...toCaseRow(name, outcome.diagnosis), number }
      : { ...failedRow(name, outcome.message, 4, findDevice(options.inventory, name)), number };
  const done = await groups.add(of, added, outcome, keepMs);
  logger.info({ run: job.runId, state: added.state }, 'device of a group read');
  await proceed(done);

  /** Undefined if the group was cancelled. */
  async function read(): Promise<RunOutcome | undefined> {
    const { signal } = context;
    try {
      return await memberOutcome(job, signal, keepMs, options);
    } catch (thrown) {
      const reason = queueAbort(signal);
      if (reason?.code === 'ftm_cancelled') return undefined;
      const error: unknown = reason ?? thrown;
      const again = isRetried(error, context);
      logger.warn({ run: job.runId, err: error, again }, 'a device of a group was not read');
      if (again) throw error;
      return failedOutcome(error);
    }
  }
  /** After a result was stored: updates the progress, or has the result posted. `done`: devices that have a result. */
  async function proceed(done: number): Promise<void> {
    if (done >= size) {
      if (sweep !== undefined) await options.sweeps.recordDone(sweep);
      const delayMs = holdBackMs(sweep, options);
      await options.queue.enqueue({ ...groupAnswerJob(of, job.acceptedAt), delayMs });
      return;
    }
    // A sweep posts only its result.
    if (sweep === undefined)
      options.delivery.showGroup(of, async (run) => renderGroup(await groupView(run, 'running', options)));
  }
}

function toMemberRun({ runId, acceptedAt, asker, replyTo, alias, user, vdom }: MemberJob): Run {
  return { id: runId, kind: 'check', acceptedAt, asker, replyTo, alias, user, vdom };
}
