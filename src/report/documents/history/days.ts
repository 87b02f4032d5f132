import {
  PAST_STATES,
  type PastCheck,
  type PastState,
  toPastState,
} from '../../../platform/runs/past-check.ts';

export const HISTORY_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

/** The checks of one day (UTC). */
export interface HistoryDay {
  /** `2026-03-05`. */
  readonly day: string;
  readonly count: number;
  readonly byState: Readonly<Record<PastState, number>>;
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
    byState: { broken: 0, failed: 0, inconclusive: 0, healthy: 0, works: 0 },
  }));
  for (const check of checks) {
    const day = found[dayNumber(check.at) - first];
    if (day === undefined) continue;
    day.count += 1;
    day.byState[toPastState(check)] += 1;
  }
  return found;
}

/** The worst state of a day; undefined without a check. */
export function worstVerdict({ byState }: HistoryDay): PastState | undefined {
  return PAST_STATES.find((state) => byState[state] > 0);
}

/** Days since the Unix epoch, in UTC. */
function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS);
}
