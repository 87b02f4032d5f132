import type { Schedule } from '../../platform/config/escalation-types.ts';
import type { CalendarStore } from '../calendar/calendar-store.ts';
import { calendarShifts } from './calendar-shifts.ts';
import type { ShiftStore } from './stored-shifts.ts';

export interface ShiftSources {
  readonly shifts: Pick<ShiftStore, 'of'>;
  readonly calendars: Pick<CalendarStore, 'get'>;
}

/** The schedules with the shifts of their calendars and those that people took. Reads only the schedules named. */
export async function currentSchedules(
  schedules: ReadonlyMap<string, Schedule>,
  names: readonly string[],
  { shifts, calendars }: ShiftSources,
): Promise<ReadonlyMap<string, Schedule>> {
  const found = new Map(schedules);
  for (const name of names) {
    const schedule = schedules.get(name);
    if (schedule === undefined) continue;
    const copy = schedule.calendar === undefined ? undefined : await calendars.get(name, schedule);
    const taken = await shifts.of(name);
    found.set(name, {
      ...schedule,
      ...(schedule.calendar === undefined || copy === undefined
        ? {}
        : { calendarShifts: calendarShifts(copy.events, schedule.calendar.people) }),
      ...(taken.length === 0 ? {} : { shifts: taken }),
    });
  }
  return found;
}
