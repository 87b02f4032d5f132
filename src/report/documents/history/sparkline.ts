import type { PastCheck, PastState } from '../../../platform/runs/past-check.ts';
import { HISTORY_DAYS, historyDays, worstVerdict } from './days.ts';

const MARKS = {
  broken: '█',
  inconclusive: '▄',
  failed: '▄',
  healthy: '▁',
  works: '✓',
} as const satisfies Record<PastState, string>;
const NO_CHECK = '·';
/** From no broken device to all of them. */
const SHARES = '▁▂▃▄▅▆▇█';

export const DEVICE_LEGEND = '█ broken  ▄ not clear  ▁ in order  ✓ works  · not checked';
export const FLEET_LEGEND = 'height: share of the checks of a day that found it broken  · not checked';

/** One character per day, oldest first: the worst state of a device. */
export function deviceSparkline(checks: readonly PastCheck[], until: number, days = HISTORY_DAYS): string {
  const worst = historyDays(checks, until, days).map(worstVerdict);
  return worst.map((state) => (state === undefined ? NO_CHECK : MARKS[state])).join('');
}

/** One character per day, oldest first: how many of the checks found a device broken. */
export function fleetSparkline(checks: Iterable<PastCheck>, until: number, days = HISTORY_DAYS): string {
  return historyDays(checks, until, days)
    .map(({ count, byState }) => {
      if (count === 0) return NO_CHECK;
      return SHARES[Math.ceil((byState.broken / count) * (SHARES.length - 1))] ?? '';
    })
    .join('');
}
