import type { CalendarSettings, Schedule, Shift } from '../../platform/config/escalation-schema.ts';
import type { CalendarStore } from '../calendar/calendar-store.ts';
import type { CalendarEvent } from '../calendar/expand-calendar.ts';
import type { ShiftStore } from '../store/stored-lists.ts';

export interface ShiftSources {
  readonly shifts: Pick<ShiftStore, 'list'>;
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
    const { calendar } = schedule;
    const copy = calendar && (await calendars.get(name, schedule));
    found.set(name, {
      ...schedule,
      calendarShifts: copy && calendar && calendarShifts(copy.events, calendar.people),
      shifts: await shifts.list(name),
    });
  }
  return found;
}

/**
 * The shifts of a calendar's events, in the order of precedence: of two that cover a moment, the one that began later
 * counts, then the one that ends earlier. Events that name none of `people` are no shifts. Pure.
 */
export function calendarShifts(
  events: readonly CalendarEvent[],
  people: CalendarSettings['people'],
): readonly Shift[] {
  return events
    .flatMap((event) => {
      const user = findPerson(event, people);
      return user === undefined ? [] : [{ user, from: event.from, until: event.until }];
    })
    .sort((a, b) => a.from - b.from || b.until - a.until);
}

/** Events that name none of `people`. Pure. */
export function unknownEvents(
  events: readonly CalendarEvent[],
  people: CalendarSettings['people'],
): readonly CalendarEvent[] {
  return events.filter((event) => findPerson(event, people) === undefined);
}

/**
 * The first person whose name or mail address stands in the title as whole words; else the first attendee who is
 * among `people`. Where two names begin at the same place, the longer one counts. Upper and lower case are the same.
 */
function findPerson(
  { summary, attendees }: Pick<CalendarEvent, 'summary' | 'attendees'>,
  people: CalendarSettings['people'],
): string | undefined {
  const title = normalise(summary);
  const inTitle = Object.entries(people)
    .map(([name, user]) => ({ name: normalise(name), user, at: wordIndex(title, normalise(name)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
  if (inTitle !== undefined) return inTitle.user;
  const byName = new Map(Object.entries(people).map(([name, user]) => [normalise(name), user]));
  return attendees.map((name) => byName.get(normalise(name))).find((user) => user !== undefined);
}

function wordIndex(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!ENDS_IN_WORD.test(text.slice(0, at)) && !BEGINS_IN_WORD.test(text.slice(at + name.length)))
      return at;
  }
  return -1;
}

/** `Ana` does not stand in `Ana-Maria`, `Diana` or `ana@example.com`. */
const ENDS_IN_WORD = /[\p{L}\p{N}][-.'’@+_]?$/u;
const BEGINS_IN_WORD = /^[-.'’@+_]?[\p{L}\p{N}]/u;

function normalise(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
