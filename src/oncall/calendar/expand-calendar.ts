import ICAL from 'ical.js';
import type { CalendarEvent, CalendarRead, CalendarTask } from './calendar-event.ts';
import { type CalendarZone, ianaZone, UnknownZone } from './calendar-zone.ts';
import { occurrencesOf } from './occurrences.ts';
import { readEventComponent } from './read-event-component.ts';

/** Events in the span; more are not the shifts of a team. */
const MAX_EVENTS = 5_000;

/**
 * Returns the occurrences of the events of a calendar (RFC 5545) in a span, in order. Runs in a thread
 * (`calendar-worker.ts`): a rule without occurrences, such as `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`, is searched for without end.
 */
export function expandCalendar({ text, timeZone, from, until }: CalendarTask): CalendarRead {
  const calendars = parse(text);
  if (calendars === undefined) return { kind: 'failed', reason: 'it is not an iCalendar file (RFC 5545)' };
  const floating = ianaZone(timeZone);
  const events: CalendarEvent[] = [];
  try {
    for (const group of calendars.flatMap((calendar) => groupSeries(calendar))) {
      for (const event of eventsOf(group, floating, until)) {
        if (event.from < until && event.until > Math.max(from, event.from)) events.push(event);
        if (events.length > MAX_EVENTS) {
          return { kind: 'failed', reason: `it has more than ${MAX_EVENTS} events in the next three months` };
        }
      }
    }
  } catch (error) {
    if (error instanceof UnknownZone) {
      const reason = 'it uses a time zone that it does not define and that the IANA database does not have';
      return { kind: 'failed', reason };
    }
    return { kind: 'failed', reason: 'it has an event that cannot be read' };
  }
  return { kind: 'events', events: events.sort((a, b) => a.from - b.from || b.until - a.until) };
}

function parse(text: string): readonly ICAL.Component[] | undefined {
  try {
    const parsed = ICAL.parse(text);
    // Several calendars in one file are a list of lists.
    const roots = Array.isArray(parsed[0]) ? (parsed as unknown[][]) : [parsed];
    const found = roots.map((root) => new ICAL.Component(root));
    return found.every(({ name }) => name === 'vcalendar') ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The components of each event: the event and its changed occurrences have the same UID. */
function groupSeries(calendar: ICAL.Component): readonly (readonly ICAL.Component[])[] {
  const found = new Map<string, ICAL.Component[]>();
  for (const [index, component] of calendar.getAllSubcomponents('vevent').entries()) {
    const value = component.getFirstPropertyValue('uid');
    const uid = typeof value === 'string' ? value : `without-uid-${index}`;
    found.set(uid, [...(found.get(uid) ?? []), component]);
  }
  return [...found.values()];
}

function* eventsOf(
  components: readonly ICAL.Component[],
  floating: CalendarZone,
  until: number,
): Iterable<CalendarEvent> {
  const read = components.flatMap((component) => readEventComponent(component, floating) ?? []);
  const changes = read.filter(({ recurrenceId }) => recurrenceId !== undefined);
  for (const event of read) {
    if (event.recurrenceId === undefined) yield* occurrencesOf(event, changes, until);
  }
  for (const { start, end, isCancelled, summary, attendees } of changes) {
    if (!isCancelled)
      yield { from: start.zone.toEpochMs(start.local), until: end(start.local), summary, attendees };
  }
}
