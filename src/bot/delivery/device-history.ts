import type { Run } from '../../platform/runs/run.ts';
import { getThread } from '../../platform/store/run-fields.ts';
import type { DeviceHistoryView } from '../../report/documents/history/history.ts';
import type { DeliveryOptions } from './types.ts';

const MAX_RUNS_READ = 20;

/** The checks of a run's device up to this run, for its report. An answer does not fail if they are missing. */
export async function deviceHistory(
  run: Run,
  { readHistory, runs, logger }: Pick<DeliveryOptions, 'readHistory' | 'runs' | 'logger'>,
): Promise<DeviceHistoryView | undefined> {
  const { id, alias, acceptedAt, replyTo } = run;
  if (alias === undefined || readHistory === undefined) return undefined;
  try {
    const checks = (await readHistory(alias)).filter(({ at }) => at <= acceptedAt);
    const { thread = getThread((await runs.get(id)) ?? run) } = replyTo;
    const inThread = thread === undefined ? [] : await runs.byThread(replyTo.channel, thread, MAX_RUNS_READ);
    const before = inThread.filter((other) => other.alias === alias && other.acceptedAt <= acceptedAt);
    return { checks, until: acceptedAt, thread: before.toReversed() };
  } catch (error) {
    logger.warn({ run: id, err: error }, 'the history of a device could not be read');
    return undefined;
  }
}
