import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import type { SweepStore } from '../../platform/store/sweep-store.ts';

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
