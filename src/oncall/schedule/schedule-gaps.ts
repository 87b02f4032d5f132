import { Temporal } from 'temporal-polyfill';
import type { Schedule } from '../../platform/config/escalation-schema.ts';
import { findOnCall } from './on-call.ts';

/** Milliseconds since the Unix epoch. */
export interface TimeSpan {
  readonly from: number;
  readonly until: number;
}

/** Returns the times within a span without a person on call, in order. Pure. */
export function scheduleGaps(schedule: Schedule, { from, until }: TimeSpan): readonly TimeSpan[] {
  const moments = [from, ...listChanges(schedule, { from, until }), until];
  const gaps: TimeSpan[] = [];
  for (const [index, start] of moments.entries()) {
    const end = moments[index + 1];
    if (end === undefined || findOnCall(schedule, start) !== undefined) continue;
    const before = gaps.at(-1);
    if (before?.until === start) gaps.splice(-1, 1, { from: before.from, until: end });
    else gaps.push({ from: start, until: end });
  }
  return gaps;
}

/** The moments at which the person on call can change, ascending and without those outside the span. */
export function listChanges(
  { timeZone, rotations, overrides, calendarShifts = [], shifts = [] }: Schedule,
  { from, until }: TimeSpan,
): readonly number[] {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate();
  const last = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(timeZone).toPlainDate();
  const times = new Set(
    rotations.flatMap(({ starts, from: begins, until: ends }) => [
      starts.slice(11),
      ...[begins ?? [], ends ?? []].flat(),
    ]),
  );
  const moments = new Set(
    [
      ...rotations.map(({ starts }) => starts),
      ...overrides.flatMap((override) => [override.from, override.until]),
    ].map((local) => Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds),
  );
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    for (const time of times) {
      const plainTime = Temporal.PlainTime.from(time);
      moments.add(day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds);
    }
  }
  for (const shift of [...calendarShifts, ...shifts]) moments.add(shift.from).add(shift.until);
  return [...moments].filter((at) => at > from && at < until).sort((a, b) => a - b);
}
