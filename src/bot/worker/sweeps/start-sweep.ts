import type { Inventory } from '../../../platform/config/inventory-types.ts';
import { listsDevice } from '../../../platform/config/listed-devices.ts';
import type { Logger } from '../../../platform/observe/logger.ts';
import type { RunQueue } from '../../../platform/queue/run-queue.ts';
import { type GroupJob, type SweepJob, toRun } from '../../../platform/runs/queue-job.ts';
import { sha256 } from '../../../platform/store/sha256.ts';
import type { SweepStore } from '../../../platform/store/sweep-store.ts';
import { startGroup } from '../groups/start-group.ts';
import type { WorkContext, WorkerOptions } from '../worker-options.ts';

/** A sweep without a result after this time is lost, and does not delay the next one. */
const MAX_SWEEP_MS = 24 * 3_600_000;

/**
 * Starts the check of a sweep's group, as the inventory describes it now. It is skipped if the previous one is not
 * done: its devices are waiting already. Idempotent.
 */
export async function startSweep(
  { sweep: name }: SweepJob,
  context: WorkContext,
  options: WorkerOptions,
): Promise<void> {
  const { inventory, runs, sweeps, logger, now } = options;
  const sweep = inventory.sweeps.get(name);
  if (sweep === undefined) return;
  // The same for each attempt of one job of the schedule.
  const runId = `sweep-${sha256(JSON.stringify([name, context.id]), 24)}`;
  const before = await sweeps.current(name);
  if (before !== undefined && before !== runId && (await isOpen(before, options))) {
    logger.warn({ sweep: name, run: before }, 'sweep left out: the one before is not done');
    return;
  }
  const known = await runs.get(runId);
  const devices = [...inventory.devices.values()].filter((device) => listsDevice([sweep.group], device));
  const aliases = devices.map(({ alias }) => alias);
  if (aliases.length === 0) {
    logger.warn({ sweep: name }, 'the group of a sweep has no device');
    return;
  }
  const job: GroupJob = {
    kind: 'group',
    runId,
    acceptedAt: known?.acceptedAt ?? now(),
    asker: { id: 'ftm-check', name: `the sweep ${name}` },
    replyTo: { channel: sweep.channel, team: sweep.team },
    group: sweep.group,
    aliases,
    sweep: name,
  };
  if (known === undefined) {
    options.onSweepStarted?.(await runs.create(toRun(job)));
    logger.info({ sweep: name, run: runId, devices: aliases.length }, 'sweep started');
  }
  await sweeps.setCurrent(name, runId);
  await startGroup(job, context, options);
}

async function isOpen(run: string, { runs, now }: WorkerOptions): Promise<boolean> {
  const before = await runs.get(run);
  return before !== undefined && before.answeredAt === undefined && before.acceptedAt + MAX_SWEEP_MS > now();
}

export interface ScheduleOptions {
  readonly queue: Pick<RunQueue, 'schedule' | 'unschedule'>;
  readonly sweeps: SweepStore;
  readonly logger: Logger;
}

/** Schedules the sweeps of the inventory, and removes the schedules of others. All workers may call it. Never rejects. */
export async function scheduleSweeps(
  { sweeps: wanted }: Pick<Inventory, 'sweeps'>,
  { queue, sweeps, logger }: ScheduleOptions,
): Promise<void> {
  try {
    for (const { name, cron: pattern, timeZone } of wanted.values()) {
      // Recorded first: a schedule without a record could not be removed.
      await sweeps.recordScheduled(name);
      const data = { kind: 'sweep', runId: jobId(name), acceptedAt: 0, sweep: name } as const;
      await queue.schedule({ id: jobId(name), pattern, timeZone, data });
    }
    for (const name of await sweeps.scheduled()) {
      if (wanted.has(name)) continue;
      await queue.unschedule(jobId(name));
      await sweeps.forget(name);
      logger.info({ sweep: name }, 'sweep removed');
    }
  } catch (error) {
    logger.error({ err: error }, 'the sweeps could not be scheduled');
  }
}

function jobId(name: string): string {
  return `sweep.${name}`;
}
