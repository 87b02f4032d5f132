import { Temporal } from 'temporal-polyfill';
import { findDevice, listsDevice } from '../../../platform/config/listed-devices.ts';
import { DAYS } from '../../../platform/config/schema-parts.ts';
import type { DailyWindow, DatedWindow } from '../../../platform/config/sweep-schema.ts';
import type { Dependencies } from '../../../platform/dependencies.ts';
import type { MemberJob } from '../../../platform/runs/queue-job.ts';
import { KEEP_OUTCOMES_MS } from '../../../platform/store/group-store.ts';

/** More than the number of consecutive windows of one sweep without a gap. */
const MAX_FOLLOWING = 20;

/**
 * End of the window that contains `at`, in milliseconds since the Unix epoch; undefined outside of any. Local times
 * of the zone, with daylight saving time.
 */
export function endOfWindow(
  window: DailyWindow | DatedWindow,
  timeZone: string,
  at: number,
): number | undefined {
  if ('start' in window) {
    const end = toInstant(window.end, timeZone);
    return toInstant(window.start, timeZone) <= at && at < end ? end : undefined;
  }
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const day = dayOfWindow(window, now);
  return day && endOnDay(day, window, timeZone);
}

/** The day on which the daily window that contains `now` began: yesterday, if it is past midnight. Undefined outside of it. */
export function dayOfWindow(
  window: DailyWindow,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate | undefined {
  const { from, days } = window;
  const { epochMilliseconds: at, timeZoneId: timeZone } = now;
  const today = now.toPlainDate();
  return [today, today.subtract({ days: 1 })].find((day) => {
    const weekday = DAYS[day.dayOfWeek - 1];
    if (days !== undefined && (weekday === undefined || !days.includes(weekday))) return false;
    return instantAt(day, from, timeZone) <= at && at < endOnDay(day, window, timeZone);
  });
}

function endOnDay(day: Temporal.PlainDate, { from, until }: DailyWindow, timeZone: string): number {
  const isPastMidnight = Temporal.PlainTime.compare(until, from) <= 0;
  return instantAt(isPastMidnight ? day.add({ days: 1 }) : day, until, timeZone);
}

/** End of the quiet hours that contain `at`, consecutive windows included; `at` itself outside of them. */
export function endOfQuietHours(windows: readonly DailyWindow[], timeZone: string, at: number): number {
  let until = at;
  for (let following = 0; following < MAX_FOLLOWING; following += 1) {
    const now = until;
    const ends = windows.flatMap((window) => endOfWindow(window, timeZone, now) ?? []);
    if (ends.length === 0) break;
    until = Math.max(...ends);
  }
  return until;
}

function toInstant(local: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
}

function instantAt(day: Temporal.PlainDate, time: string, timeZone: string): number {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

type SweepTimesOptions = Pick<Dependencies, 'inventory' | 'now'>;

/** Why a device of a sweep is not read now; undefined if it is. */
export function findMaintenance(
  { alias, member }: MemberJob,
  { inventory, now }: SweepTimesOptions,
): string | undefined {
  const sweep = member.sweep === undefined ? undefined : inventory.sweeps.get(member.sweep);
  const device = findDevice(inventory, alias);
  if (sweep === undefined || device === undefined) return undefined;
  const at = now();
  const isIn = sweep.maintenance.some(
    (window) =>
      listsDevice(window.devices, device) &&
      endOfWindow(window, window.timeZone ?? sweep.timeZone, at) !== undefined,
  );
  return isIn ? 'In a maintenance window' : undefined;
}

/** How long the diagnosis of a device of a group is kept, and what it was made of: a day from when they can be seen. */
export function memberKeepMs({ member }: MemberJob, options: SweepTimesOptions): number {
  return KEEP_OUTCOMES_MS + holdBackMs(member.sweep, options);
}

/** How long the result of a sweep is held back: until the end of the quiet hours. Milliseconds. */
export function holdBackMs(name: string | undefined, { inventory, now }: SweepTimesOptions): number {
  const sweep = name === undefined ? undefined : inventory.sweeps.get(name);
  if (sweep === undefined) return 0;
  const at = now();
  return endOfQuietHours(sweep.quietHours, sweep.timeZone, at) - at;
}
