import ICAL from 'ical.js';
import type { Temporal } from 'temporal-polyfill';
import { type CalendarZone, readZoned, type ZonedLocal } from './calendar-zone.ts';

/** A `VEVENT`: one event, a series, or a changed occurrence of a series (`recurrenceId`). */
export interface EventComponent {
  readonly start: ZonedLocal;
  /** The end of an occurrence that starts at a wall-clock time of `start.zone`; milliseconds since the Unix epoch. */
  readonly end: (local: Temporal.PlainDateTime) => number;
  readonly isCancelled: boolean;
  readonly summary: string;
  readonly attendees: readonly string[];
  readonly rules: readonly ICAL.Recur[];
  readonly added: readonly AddedOccurrence[];
  readonly excluded: readonly ZonedLocal[];
  readonly recurrenceId?: ZonedLocal;
  /** The change applies to all later occurrences as well. */
  readonly isForFollowing: boolean;
}

/** A value of `RDATE`. `until` in milliseconds since the Unix epoch, if it has an end of its own. */
export interface AddedOccurrence {
  readonly start: ZonedLocal;
  readonly until?: number;
}

const MAX_SUMMARY = 200;
const MAX_ATTENDEES = 20;

/** Undefined for an event without a start. Throws `UnknownZone`. */
export function readEventComponent(
  component: ICAL.Component,
  floating: CalendarZone,
): EventComponent | undefined {
  const start = readTimes(component, 'dtstart', floating)[0];
  if (start === undefined) return undefined;
  const recurrenceId = readTimes(component, 'recurrence-id', floating)[0];
  return {
    start,
    end: readEnd(component, start, floating),
    isCancelled: composeText(component, 'status').toUpperCase() === 'CANCELLED',
    summary: composeText(component, 'summary').slice(0, MAX_SUMMARY),
    attendees: readAttendees(component),
    rules: component
      .getAllProperties('rrule')
      .flatMap((property) => property.getValues())
      .filter((value) => value instanceof ICAL.Recur),
    added: readAdded(component, floating),
    excluded: readTimes(component, 'exdate', floating),
    recurrenceId,
    isForFollowing:
      component.getFirstProperty('recurrence-id')?.getFirstParameter('range') === 'THISANDFUTURE',
  };
}

/**
 * The length of an occurrence. An end (`DTEND`) is the same wall-clock time for each occurrence, as in Google's, Apple's
 * and Microsoft's calendars: RFC 5545 would let weekly shifts overlap, or leave an hour between them, when the clocks
 * change. Of a `DURATION`, days are wall-clock days and hours are exact.
 */
function readEnd(
  component: ICAL.Component,
  start: ZonedLocal,
  floating: CalendarZone,
): EventComponent['end'] {
  const end = readTimes(component, 'dtend', floating)[0];
  if (end !== undefined) {
    const length = start.local.until(start.zone.toLocal(end.zone.toEpochMs(end.local)), {
      largestUnit: 'days',
    });
    return (local) => start.zone.toEpochMs(local.add(length));
  }
  const duration = component.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) {
    return (local) => addDuration({ ...start, local }, duration);
  }
  return (local) => start.zone.toEpochMs(start.isDate ? local.add({ days: 1 }) : local);
}

function addDuration({ local, zone }: ZonedLocal, duration: ICAL.Duration): number {
  const { weeks, days, hours, minutes, seconds, isNegative } = duration;
  if (isNegative) return zone.toEpochMs(local);
  return zone.toEpochMs(local.add({ weeks, days })) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function readAdded(component: ICAL.Component, floating: CalendarZone): readonly AddedOccurrence[] {
  return component.getAllProperties('rdate').flatMap((property) => {
    const toLocal = (time: ICAL.Time) => readZoned(time, readZoneId(property), floating);
    return property.getValues().flatMap((value: unknown): readonly AddedOccurrence[] => {
      if (value instanceof ICAL.Time) return [{ start: toLocal(value) }];
      if (!(value instanceof ICAL.Period)) return [];
      const start = toLocal(value.start);
      if (value.duration !== null) return [{ start, until: addDuration(start, value.duration) }];
      return [{ start, until: value.end === null ? undefined : toInstant(toLocal(value.end)) }];
    });
  });
}

function readTimes(component: ICAL.Component, name: string, floating: CalendarZone): readonly ZonedLocal[] {
  return component.getAllProperties(name).flatMap((property) => {
    const times = property.getValues().filter((value) => value instanceof ICAL.Time);
    return times.map((time) => readZoned(time, readZoneId(property), floating));
  });
}

export function toInstant({ local, zone }: ZonedLocal): number {
  return zone.toEpochMs(local);
}

function readZoneId(property: ICAL.Property): string | undefined {
  return property.getFirstParameter('tzid') || undefined;
}

function composeText(component: ICAL.Component, name: string): string {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : '';
}

function readAttendees(component: ICAL.Component): readonly string[] {
  return component
    .getAllProperties('attendee')
    .slice(0, MAX_ATTENDEES)
    .flatMap((property) => {
      const value = property.getFirstValue();
      const address = typeof value === 'string' ? value : '';
      return [address.replace(/^mailto:/i, ''), property.getFirstParameter('cn') ?? ''];
    })
    .filter((name) => name !== '')
    .map((name) => name.slice(0, MAX_SUMMARY));
}
