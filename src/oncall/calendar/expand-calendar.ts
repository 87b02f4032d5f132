import ICAL from 'ical.js';
import type { Temporal } from 'temporal-polyfill';
import { type CalendarZone, ianaZone, UnknownZone, type ZonedLocal } from './calendar-zone.ts';
import { type EventComponent, readEventComponent, toInstant } from './read-event-component.ts';

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
      for (const event of listEvents(group, floating, until)) {
        if (event.from < until && event.until > Math.max(from, event.from)) events.push(event);
        if (events.length > MAX_EVENTS) {
          return { kind: 'failed', reason: `it has more than ${MAX_EVENTS} events in the next three months` };
        }
      }
    }
  } catch (error) {
    const reason =
      error instanceof UnknownZone
        ? 'it uses a time zone that it does not define and that the IANA database does not have'
        : 'it has an event that cannot be read';
    return { kind: 'failed', reason };
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
  const series = Map.groupBy(calendar.getAllSubcomponents('vevent'), (component, index) => {
    const uid = component.getFirstPropertyValue('uid');
    return typeof uid === 'string' ? uid : `without-uid-${index}`;
  });
  return [...series.values()];
}

function* listEvents(
  components: readonly ICAL.Component[],
  floating: CalendarZone,
  until: number,
): Iterable<CalendarEvent> {
  const read = components.flatMap((component) => readEventComponent(component, floating) ?? []);
  const changes = read.filter(({ recurrenceId }) => recurrenceId !== undefined);
  for (const event of read) {
    if (event.recurrenceId === undefined) yield* listOccurrences(event, changes, until);
  }
  for (const { start, end, isCancelled, summary, attendees } of changes) {
    if (!isCancelled)
      yield { from: start.zone.toEpochMs(start.local), until: end(start.local), summary, attendees };
  }
}

/**
 * The occurrences of an event that begin before `until` (milliseconds since the Unix epoch), without those that `changes`
 * replace. ical.js only expands the rules. Additions, exclusions and changes are compared here, as moments, because the
 * expansion of ical.js misses those that are written in another zone than the start.
 */
function* listOccurrences(
  event: EventComponent,
  changes: readonly EventComponent[],
  until: number,
): Iterable<CalendarEvent> {
  if (event.isCancelled) return;
  const { zone } = event.start;
  const excluded = new Set(event.excluded.filter(({ isDate }) => !isDate).map(toInstant));
  const excludedDays = new Set(
    event.excluded.filter(({ isDate }) => isDate).map(({ local }) => local.toPlainDate().toString()),
  );
  const replaced = new Set(changes.map(({ recurrenceId }) => recurrenceId && toInstant(recurrenceId)));
  const following = changes.filter(({ isForFollowing }) => isForFollowing);
  const seen = new Set<number>();

  for (const { local, ownEnd } of listStarts(event, until)) {
    const from = zone.toEpochMs(local);
    const isDropped =
      excluded.has(from) || excludedDays.has(local.toPlainDate().toString()) || replaced.has(from);
    if (isDropped || seen.has(from)) continue;
    seen.add(from);
    const change = lastBefore(following, from);
    if (change === undefined) {
      const { summary, attendees } = event;
      yield { summary, attendees, from, until: ownEnd ?? event.end(local) };
      continue;
    }
    const { summary, attendees, isCancelled } = change;
    if (isCancelled) continue;
    const moved = moveLike(local, change, event.start);
    yield { summary, attendees, from: change.start.zone.toEpochMs(moved), until: change.end(moved) };
  }
}

function* listStarts(
  { start, rules, added }: EventComponent,
  until: number,
): Iterable<{ readonly local: Temporal.PlainDateTime; readonly ownEnd?: number | undefined }> {
  // The start is an occurrence itself, with additions as well (RFC 5545, 3.8.5.2).
  if (rules.length === 0) yield { local: start.local };
  for (const { start: each, until: ownEnd } of added) {
    yield { local: start.zone.toLocal(toInstant(each)), ownEnd };
  }
  for (const rule of rules) {
    for (const local of expandRule(rule, start)) {
      if (start.zone.toEpochMs(local) >= until) break;
      yield { local };
    }
  }
}

/** Expands in wall-clock time without a zone, so that the rule's end (`UNTIL`, in UTC) has to be in that time, too. */
function* expandRule(
  rule: ICAL.Recur,
  { local, zone, isDate }: ZonedLocal,
): Iterable<Temporal.PlainDateTime> {
  const own = rule.clone();
  if (own.until !== null) own.until = endOfRule(own.until, zone, isDate);
  const iterator = own.iterator(toTime(local, isDate));
  for (let next = iterator.next(); next; next = iterator.next()) {
    const { year, month, day, hour, minute, second } = next;
    yield local.with({ year, month, day, ...(isDate ? {} : { hour, minute, second }) });
  }
}

function endOfRule(until: ICAL.Time, zone: ZonedLocal['zone'], isDate: boolean): ICAL.Time {
  // A date as the end of a series with times includes that day.
  if (until.isDate && !isDate) {
    const { year, month, day } = until;
    return ICAL.Time.fromData({ year, month, day, hour: 23, minute: 59, second: 59, isDate: false });
  }
  if (until.zone !== ICAL.Timezone.utcTimezone) return until;
  return toTime(zone.toLocal(until.toUnixTime() * 1000), isDate);
}

function toTime(
  { year, month, day, hour, minute, second }: Temporal.PlainDateTime,
  isDate: boolean,
): ICAL.Time {
  return ICAL.Time.fromData(
    isDate ? { year, month, day, isDate } : { year, month, day, hour, minute, second, isDate },
  );
}

/** The change for later occurrences that is in force at a moment. */
function lastBefore(following: readonly EventComponent[], moment: number): EventComponent | undefined {
  const before = following.filter(({ recurrenceId }) => recurrenceId && toInstant(recurrenceId) <= moment);
  return before.sort((a, b) => begin(a) - begin(b)).at(-1);
}

/** Moves an occurrence as far as the change moved the one that it names; in the zone of the change. */
function moveLike(
  local: Temporal.PlainDateTime,
  { start, recurrenceId }: EventComponent,
  original: ZonedLocal,
): Temporal.PlainDateTime {
  const moment = original.zone.toEpochMs(local);
  if (recurrenceId === undefined) return start.zone.toLocal(moment);
  const before = start.zone.toLocal(toInstant(recurrenceId));
  return start.zone.toLocal(moment).add(before.until(start.local));
}

function begin({ recurrenceId, start }: EventComponent): number {
  return toInstant(recurrenceId ?? start);
}

/** One occurrence of an event. Times in milliseconds since the Unix epoch. */
export interface CalendarEvent {
  readonly from: number;
  readonly until: number;
  readonly summary: string;
  /** Names (`CN`) and mail addresses, in the order of the file. */
  readonly attendees: readonly string[];
}

export interface CalendarTask {
  readonly text: string;
  /** Zone of all-day events and of times without a zone. */
  readonly timeZone: string;
  /** Occurrences that overlap this span are returned. */
  readonly from: number;
  readonly until: number;
}

export type CalendarRead =
  | { readonly kind: 'events'; readonly events: readonly CalendarEvent[] }
  /** `reason` holds nothing of the calendar or its address. `unreachable`: the other side did not answer. */
  | { readonly kind: 'failed'; readonly reason: string; readonly unreachable?: true };

export type CalendarText =
  | { readonly kind: 'text'; readonly text: string }
  | Extract<CalendarRead, { readonly kind: 'failed' }>;
