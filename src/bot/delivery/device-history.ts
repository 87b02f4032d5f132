import type { Run } from '../../platform/runs/run.ts';
import type { DeviceHistoryView } from '../../report/documents/history/history.ts';
import type { DeliveryOptions } from './delivery-options.ts';

/** The checks of a run's device up to this run, for its report. An answer does not fail if they are missing. */
export async function deviceHistory(
  { id, alias, acceptedAt }: Run,
  { historyOf, logger }: Pick<DeliveryOptions, 'historyOf' | 'logger'>,
): Promise<DeviceHistoryView | undefined> {
  if (alias === undefined || historyOf === undefined) return undefined;
  try {
    const checks = (await historyOf(alias)).filter(({ at }) => at <= acceptedAt);
    return { checks, until: acceptedAt };
  } catch (error) {
    logger.warn({ run: id, err: error }, 'the history of a device could not be read');
    return undefined;
  }
}
