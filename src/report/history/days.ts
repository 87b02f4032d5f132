import { PAST_VERDICTS, type PastCheck, type PastVerdict } from '../../runs/past-check.ts';

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
  checks: readonly PastCheck[],
  until: number,
  days = HISTORY_DAYS,
): readonly HistoryDay[] {
  const byDay = Map.groupBy(checks, ({ at }) => dayOf(at));
  return Array.from({ length: days }, (_, index) => {
    const day = dayOf(until - (days - 1 - index) * DAY_MS);
    const all = byDay.get(day) ?? [];
    return { day, count: all.length, byVerdict: countVerdicts(all) };
  });
}

function countVerdicts(checks: readonly PastCheck[]): Readonly<Record<PastVerdict, number>> {
  const count = (wanted: PastVerdict) => checks.filter(({ verdict }) => verdict === wanted).length;
  return Object.fromEntries(PAST_VERDICTS.map((verdict) => [verdict, count(verdict)])) as Record<
    PastVerdict,
    number
  >;
}

/** The worst verdict of a day; undefined without a check. */
export function worstOf({ byVerdict }: HistoryDay): PastVerdict | undefined {
  return PAST_VERDICTS.find((verdict) => byVerdict[verdict] > 0);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
