import { Temporal } from 'temporal-polyfill';
import type { Rotation, Schedule } from '../../platform/config/escalation-types.ts';
import { DAYS } from '../../platform/config/schema-parts.ts';

/**
 * Returns who is on call at `at` (milliseconds since the Unix epoch), or `undefined` in a gap.
 * All times of a schedule are wall-clock times of its zone: a handover at 08:00 stays at 08:00 when summer time
 * begins or ends, so one turn a year is an hour longer and one an hour shorter. A local time that does not exist
 * counts as the same distance after the gap; one that exists twice counts as the first (Temporal's `compatible`).
 */
export function findOnCall(schedule: Schedule, at: number): string | undefined {
  const taken = schedule.shifts?.findLast(({ from, until }) => from <= at && at < until);
  if (taken !== undefined) return taken.user;
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(schedule.timeZone);
  const override = schedule.overrides.findLast(
    ({ from, until }) => !isBefore(now, moment(from, schedule)) && isBefore(now, moment(until, schedule)),
  );
  if (override !== undefined) return override.user;
  const planned = schedule.calendarShifts?.findLast(({ from, until }) => from <= at && at < until);
  if (planned !== undefined) return planned.user;
  for (const rotation of schedule.rotations) {
    const user = personOnDuty(rotation, schedule, now);
    if (user !== undefined) return user;
  }
  return undefined;
}

/** The same, and with `layers: all` after that person everybody on duty by a rotation. */
export function listOnCall(
  schedule: Schedule,
  at: number,
  { layers }: { readonly layers?: 'all' | undefined },
): readonly string[] {
  const first = findOnCall(schedule, at);
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(schedule.timeZone);
  const others =
    layers === undefined ? [] : schedule.rotations.map((each) => personOnDuty(each, schedule, now));
  return [...new Set([first, ...others].filter((user) => user !== undefined))];
}

function personOnDuty(
  rotation: Rotation,
  schedule: Schedule,
  now: Temporal.ZonedDateTime,
): string | undefined {
  if (isBefore(now, moment(rotation.starts, schedule))) return undefined;
  const day = dayOfDuty(rotation, now);
  if (day === undefined) return undefined;
  const first = Temporal.PlainDateTime.from(rotation.starts).toPlainDate();
  // Counts calendar days: a day of 23 or 25 hours is one day.
  const days = Math.max(0, first.until(day, { largestUnit: 'days' }).days);
  const length = (rotation.turn === 'week' ? 7 : 1) * rotation.turns;
  return rotation.people[Math.floor(days / length) % rotation.people.length];
}

/**
 * Returns the day on which the current duty began: yesterday if a night shift is not over, `undefined` outside the
 * hours. Without hours a duty lasts the whole day.
 */
function dayOfDuty(
  { starts, from: begins, until: ends, days }: Rotation,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate | undefined {
  const handover = Temporal.PlainDateTime.from(starts).toPlainTime();
  const from = Temporal.PlainTime.from(begins ?? handover);
  const until = Temporal.PlainTime.from(ends ?? handover);
  const pastMidnight = Temporal.PlainTime.compare(until, from) <= 0;
  const today = now.toPlainDate();
  return [today, today.subtract({ days: 1 })].find((day) => {
    const weekday = DAYS[day.dayOfWeek - 1];
    if (days !== undefined && (weekday === undefined || !days.includes(weekday))) return false;
    const end = pastMidnight ? day.add({ days: 1 }) : day;
    return !isBefore(now, at(day, from, now)) && isBefore(now, at(end, until, now));
  });
}

function at(
  day: Temporal.PlainDate,
  plainTime: Temporal.PlainTime,
  { timeZoneId: timeZone }: Temporal.ZonedDateTime,
): Temporal.ZonedDateTime {
  return day.toZonedDateTime({ timeZone, plainTime });
}

function moment(local: string, { timeZone }: Schedule): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation: 'compatible' });
}

function isBefore(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean {
  return Temporal.ZonedDateTime.compare(a, b) < 0;
}
