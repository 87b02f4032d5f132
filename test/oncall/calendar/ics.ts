/** A calendar of these events; each is the lines of a `VEVENT` without UID and stamp. `more`: other components. */
export function ics(events: readonly string[], more = ''): string {
  const body = events.map(
    (lines, index) =>
      `BEGIN:VEVENT\n${/^UID:/m.test(lines) ? '' : `UID:${index}\n`}DTSTAMP:20260101T000000Z\n${lines.trim()}\nEND:VEVENT`,
  );
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n${more}${body.join('\n')}\nEND:VCALENDAR\n`.replaceAll(
    /\r?\n/g,
    '\r\n',
  );
}

/** A rule without occurrences: ical.js searches for the next one without end. */
export const IMPOSSIBLE = ics([
  'DTSTART:20260101T080000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:Ana',
]);
