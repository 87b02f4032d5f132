import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '../../platform/config/schema-parts.ts';

/** Conversion between the wall-clock time of a zone and milliseconds since the Unix epoch. */
export interface CalendarZone {
  toEpochMs(local: Temporal.PlainDateTime): number;
  toLocal(epochMs: number): Temporal.PlainDateTime;
}

export interface ZonedLocal {
  readonly local: Temporal.PlainDateTime;
  readonly zone: CalendarZone;
  /** A date without a time. */
  readonly isDate: boolean;
}

/** A zone of the IANA database. A time that does not exist counts as the same distance after the gap. */
export function ianaZone(timeZone: string): CalendarZone {
  return {
    toEpochMs: (local) => local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds,
    toLocal: (epochMs) =>
      Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone).toPlainDateTime(),
  };
}

/**
 * Reads a value of `DTSTART` and the like. The zone is that of the IANA database where the name is known there, because
 * the copy of its rules in a file (`VTIMEZONE`) may be missing or old; then the file's own; `floating` for values
 * without one. Throws `UnknownZone`.
 */
export function readZoned(
  value: ICAL.Time,
  timeZoneId: string | undefined,
  floating: CalendarZone,
): ZonedLocal {
  const { year, month, day, hour, minute, second, isDate } = value;
  const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second });
  return { local, isDate, zone: isDate ? floating : readZone(value, timeZoneId, floating) };
}

export class UnknownZone extends Error {}

function readZone(value: ICAL.Time, timeZoneId: string | undefined, floating: CalendarZone): CalendarZone {
  if (value.zone === ICAL.Timezone.utcTimezone) return ianaZone('UTC');
  if (timeZoneId === undefined) return floating;
  if (isTimeZone(timeZoneId)) return ianaZone(timeZoneId);
  if (value.zone === null || value.zone === ICAL.Timezone.localTimezone) throw new UnknownZone();
  return zoneOfFile(value.zone);
}

function zoneOfFile(zone: ICAL.Timezone): CalendarZone {
  return {
    toEpochMs: ({ year, month, day, hour, minute, second }) =>
      new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, zone).toUnixTime() * 1000,
    toLocal: (epochMs) => {
      const utc = ICAL.Time.fromJSDate(new Date(epochMs), true);
      const { year, month, day, hour, minute, second } = utc.convertToZone(zone);
      return Temporal.PlainDateTime.from({ year, month, day, hour, minute, second });
    },
  };
}
