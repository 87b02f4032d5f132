import ICAL from 'ical.js';
import type { Temporal } from 'temporal-polyfill';
import type { CalendarEvent } from './calendar-event.ts';
import type { ZonedLocal } from './calendar-zone.ts';
import type { EventComponent } from './read-event-component.ts';

/**
 * The occurrences of an event that begin before `until` (milliseconds since the Unix epoch), without those that `changes`
 * replace. ical.js only expands the rules. Additions, exclusions and changes are compared here, as moments, because the
 * expansion of ical.js misses those that are written in another zone than the start.
 */
export function* occurrencesOf(
  event: EventComponent,
  changes: readonly EventComponent[],
  until: number,
): Iterable<CalendarEvent> {
  if (event.isCancelled) return;
  const { zone } = event.start;
  const excluded = new Set(event.excluded.filter(({ isDate }) => !isDate).map(toInstant));
  const excludedDays = new Set(event.excluded.filter(({ isDate }) => isDate).map(toDay));
  const replaced = new Set(changes.map(({ recurrenceId }) => recurrenceId && toInstant(recurrenceId)));
  const following = changes.filter(({ isForFollowing }) => isForFollowing);
  const seen = new Set<number>();

  for (const { local, ownEnd } of startsOf(event, until)) {
    const from = zone.toEpochMs(local);
    const isDropped =
      excluded.has(from) || excludedDays.has(local.toPlainDate().toString()) || replaced.has(from);
    if (isDropped || seen.has(from)) continue;
    seen.add(from);
    const change = lastBefore(following, from);
    if (change === undefined) {
      yield { ...peopleOfEvent(event), from, until: ownEnd ?? event.end(local) };
      continue;
    }
    if (change.isCancelled) continue;
    const moved = moveLike(local, change, event.start);
    yield { ...peopleOfEvent(change), from: change.start.zone.toEpochMs(moved), until: change.end(moved) };
  }
}

interface OccurrenceStart {
  readonly local: Temporal.PlainDateTime;
  readonly ownEnd?: number | undefined;
}

function* startsOf({ start, rules, added }: EventComponent, until: number): Iterable<OccurrenceStart> {
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
    return new ICAL.Time({ year, month, day, hour: 23, minute: 59, second: 59, isDate: false });
  }
  if (until.zone !== ICAL.Timezone.utcTimezone) return until;
  return toTime(zone.toLocal(until.toUnixTime() * 1000), isDate);
}

function toTime(
  { year, month, day, hour, minute, second }: Temporal.PlainDateTime,
  isDate: boolean,
): ICAL.Time {
  return new ICAL.Time(
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

function toInstant({ local, zone }: ZonedLocal): number {
  return zone.toEpochMs(local);
}

function toDay({ local }: ZonedLocal): string {
  return local.toPlainDate().toString();
}

function peopleOfEvent({ summary, attendees }: EventComponent): Pick<CalendarEvent, 'summary' | 'attendees'> {
  return { summary, attendees };
}
