import { Temporal } from 'temporal-polyfill';
import { dayOfWindow } from '../../bot/worker/sweeps/time-windows.ts';
import type { Rotation, Schedule } from '../../platform/config/escalation-schema.ts';

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
  const handover = rotation.starts.slice('2026-01-05T'.length);
  // Without hours a duty lasts the whole day.
  const { from = handover, until = handover, days: onDays } = rotation;
  const day = dayOfWindow({ from, until, days: onDays }, now);
  if (day === undefined) return undefined;
  const first = Temporal.PlainDateTime.from(rotation.starts).toPlainDate();
  // Counts calendar days: a day of 23 or 25 hours is one day.
  const days = Math.max(0, first.until(day, { largestUnit: 'days' }).days);
  const length = (rotation.turn === 'week' ? 7 : 1) * rotation.turns;
  return rotation.people[Math.floor(days / length) % rotation.people.length];
}

function moment(local: string, { timeZone }: Schedule): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation: 'compatible' });
}

function isBefore(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): boolean {
  return Temporal.ZonedDateTime.compare(a, b) < 0;
}
