import { PAST_VERDICTS, type PastCheck, type PastVerdict } from '../../../platform/runs/past-check.ts';

export const HISTORY_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

/** The checks of one day (UTC). */
export interface HistoryDay {
  /** `2026-03-05`. */
  readonly day: string;
  readonly count: number;
  readonly byVerdict: Readonly<Record<PastVerdict, number>>;
}

/** The last days up to `until` (milliseconds since the Unix epoch), oldest first; days without a check included. */
export function historyDays(
  checks: Iterable<PastCheck>,
  until: number,
  days = HISTORY_DAYS,
): readonly HistoryDay[] {
  const first = dayNumber(until) - (days - 1);
  const found = Array.from({ length: days }, (_, index) => ({
    day: new Date((first + index) * DAY_MS).toISOString().slice(0, 10),
    count: 0,
    byVerdict: { broken: 0, failed: 0, inconclusive: 0, healthy: 0 },
  }));
  for (const { at, verdict } of checks) {
    const day = found[dayNumber(at) - first];
    if (day === undefined) continue;
    day.count += 1;
    day.byVerdict[verdict] += 1;
  }
  return found;
}

/** The worst verdict of a day; undefined without a check. */
export function worstOf({ byVerdict }: HistoryDay): PastVerdict | undefined {
  return PAST_VERDICTS.find((verdict) => byVerdict[verdict] > 0);
}

/** Days since the Unix epoch, in UTC. */
function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS);
}
