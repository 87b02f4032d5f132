import { describe, expect, it } from 'vitest';
import { expandCalendar } from '../../../src/oncall/calendar/expand-calendar.ts';
import { ics } from './ics.ts';

const YEAR = { timeZone: 'Europe/Madrid', from: Date.parse('2026-01-01'), until: Date.parse('2027-01-01') };

function expand(text: string, span = YEAR) {
  const read = expandCalendar({ ...span, text });
  return read.kind === 'failed' ? read.reason : read.events;
}

/** `from until` in UTC without seconds. */
function times(text: string, span = YEAR): readonly string[] {
  const events = expand(text, span);
  if (typeof events === 'string') throw new Error(events);
  const short = (at: number) => new Date(at).toISOString().slice(0, 16);
  return events.map(({ from, until }) => `${short(from)} ${short(until)}`);
}

const WEEKLY = `
DTSTART;TZID=Europe/Madrid:20260316T090000
DTEND;TZID=Europe/Madrid:20260323T090000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Ana`;

describe('the events of a calendar', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'a single event in UTC',
      ics(['DTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nSUMMARY:Ana']),
      ['2026-01-05T08:00 2026-01-05T16:00'],
    ],
    [
      'a time without a zone is one of the schedule',
      ics(['DTSTART:20260705T080000\nDURATION:PT8H\nSUMMARY:Ana']),
      ['2026-07-05T06:00 2026-07-05T14:00'],
    ],
    [
      'days without a time are days of the schedule’s zone; without an end, one day',
      ics([
        'DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330\nSUMMARY:Ana',
        'DTSTART;VALUE=DATE:20261025\nSUMMARY:Ben',
      ]),
      ['2026-03-27T23:00 2026-03-29T22:00', '2026-10-24T22:00 2026-10-25T23:00'],
    ],
    [
      'the hours of a rule are not those of days',
      ics(['DTSTART;VALUE=DATE:20260328\nRRULE:FREQ=DAILY;COUNT=1;BYHOUR=9\nSUMMARY:Ana']),
      ['2026-03-27T23:00 2026-03-28T23:00'],
    ],
    [
      'weekly shifts follow each other without a gap when the clocks change, with and without VTIMEZONE',
      ics([WEEKLY]),
      [
        '2026-03-16T08:00 2026-03-23T08:00',
        '2026-03-23T08:00 2026-03-30T07:00',
        '2026-03-30T07:00 2026-04-06T07:00',
        '2026-04-06T07:00 2026-04-13T07:00',
      ],
    ],
    [
      'a DURATION in days is wall-clock days, one in hours is exact',
      ics([
        'DTSTART;TZID=Europe/Madrid:20260328T090000\nDURATION:P1D\nSUMMARY:Ana',
        'DTSTART;TZID=Europe/Madrid:20260328T200000\nDURATION:PT12H\nSUMMARY:Ben',
      ]),
      ['2026-03-28T08:00 2026-03-29T07:00', '2026-03-28T19:00 2026-03-29T07:00'],
    ],
    [
      'an exclusion in UTC, of a series in a zone that the file does not define',
      ics([`${WEEKLY}\nEXDATE:20260323T080000Z`]),
      [
        '2026-03-16T08:00 2026-03-23T08:00',
        '2026-03-30T07:00 2026-04-06T07:00',
        '2026-04-06T07:00 2026-04-13T07:00',
      ],
    ],
    [
      'an exclusion in the zone, and one of a whole day',
      ics([`${WEEKLY}\nEXDATE;TZID=Europe/Madrid:20260323T090000\nEXDATE;VALUE=DATE:20260406`]),
      ['2026-03-16T08:00 2026-03-23T08:00', '2026-03-30T07:00 2026-04-06T07:00'],
    ],
    [
      'an end of the rule in UTC includes the occurrence that begins then',
      ics([WEEKLY.replace('COUNT=4', 'UNTIL=20260330T070000Z')]),
      [
        '2026-03-16T08:00 2026-03-23T08:00',
        '2026-03-23T08:00 2026-03-30T07:00',
        '2026-03-30T07:00 2026-04-06T07:00',
      ],
    ],
    [
      'an end of the rule that is a date includes that day',
      ics([WEEKLY.replace('COUNT=4', 'UNTIL=20260323')]),
      ['2026-03-16T08:00 2026-03-23T08:00', '2026-03-23T08:00 2026-03-30T07:00'],
    ],
    [
      'the start counts where there are only additions, each once',
      ics([
        'DTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nRDATE:20260107T080000Z,20260105T080000Z\nSUMMARY:Ana',
      ]),
      ['2026-01-05T08:00 2026-01-05T16:00', '2026-01-07T08:00 2026-01-07T16:00'],
    ],
    [
      'additions beside a rule, in another zone and with an end of their own',
      ics([
        `${WEEKLY.replace('COUNT=4', 'COUNT=1')}
RDATE;TZID=America/New_York:20260401T090000
RDATE;VALUE=PERIOD:20260501T080000Z/PT3H,20260502T080000Z/20260502T090000Z`,
      ]),
      [
        '2026-03-16T08:00 2026-03-23T08:00',
        '2026-04-01T13:00 2026-04-08T13:00',
        '2026-05-01T08:00 2026-05-01T11:00',
        '2026-05-02T08:00 2026-05-02T09:00',
      ],
    ],
    [
      'a changed occurrence, named in UTC, and a cancelled one',
      ics([
        `UID:w${WEEKLY}`,
        'UID:w\nRECURRENCE-ID:20260323T080000Z\nDTSTART:20260324T080000Z\nDTEND:20260325T080000Z\nSUMMARY:Ben',
        'UID:w\nRECURRENCE-ID;TZID=Europe/Madrid:20260330T090000\nDTSTART;TZID=Europe/Madrid:20260330T090000\nSTATUS:CANCELLED',
      ]),
      [
        '2026-03-16T08:00 2026-03-23T08:00',
        '2026-03-24T08:00 2026-03-25T08:00',
        '2026-04-06T07:00 2026-04-13T07:00',
      ],
    ],
    [
      'a change of this and all later occurrences keeps the wall-clock time',
      ics([
        `UID:w${WEEKLY}`,
        'UID:w\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260323T080000Z\nDTSTART;TZID=Europe/Madrid:20260323T100000\nDTEND;TZID=Europe/Madrid:20260323T120000\nSUMMARY:Ben',
      ]),
      [
        '2026-03-16T08:00 2026-03-23T08:00',
        '2026-03-23T09:00 2026-03-23T11:00',
        '2026-03-30T08:00 2026-03-30T10:00',
        '2026-04-06T08:00 2026-04-06T10:00',
      ],
    ],
    [
      'a cancelled series has none, and an event without a length covers nothing',
      ics([`${WEEKLY}\nSTATUS:CANCELLED`, 'DTSTART:20260105T080000Z\nSUMMARY:Ana']),
      [],
    ],
    [
      'a zone of the file’s own, with a name that nobody else knows',
      ics(
        [
          'DTSTART;TZID=Our TestDelivery:20260105T080000\nDTEND;TZID=Our TestDelivery:20260105T160000\nRRULE:FREQ=DAILY;UNTIL=20260106T050000Z\nSUMMARY:Ana',
        ],
        'BEGIN:VTIMEZONE\nTZID:Our TestDelivery\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n',
      ),
      ['2026-01-05T05:00 2026-01-05T13:00', '2026-01-06T05:00 2026-01-06T13:00'],
    ],
    [
      'the rules of the IANA database count for its names, whatever the file says about them',
      ics(
        ['DTSTART;TZID=Europe/Madrid:20260705T080000\nDURATION:PT1H\nSUMMARY:Ana'],
        'BEGIN:VTIMEZONE\nTZID:Europe/Madrid\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n',
      ),
      ['2026-07-05T06:00 2026-07-05T07:00'],
    ],
    [
      'several calendars in one file',
      `${ics(['DTSTART:20260105T080000Z\nDURATION:PT1H'])}${ics(['DTSTART:20260104T080000Z\nDURATION:PT1H'])}`,
      ['2026-01-04T08:00 2026-01-04T09:00', '2026-01-05T08:00 2026-01-05T09:00'],
    ],
  ])('%s', (_, text, expected) => {
    expect(times(text)).toEqual(expected);
  });

  it('are those that overlap the span: one that began before, and none that only touches it', () => {
    const span = { ...YEAR, from: Date.parse('2026-03-30T07:00Z'), until: Date.parse('2026-04-06T07:00Z') };
    expect(times(ics([WEEKLY]), span)).toEqual(['2026-03-30T07:00 2026-04-06T07:00']);
    const later = { ...span, from: Date.parse('2026-03-30T08:00Z') };
    expect(times(ics([WEEKLY]), later)).toHaveLength(1);
  });

  it('have their title and attendees, of a bounded length', () => {
    const text = ics([
      `DTSTART:20260105T080000Z\nDURATION:PT1H\nSUMMARY:On call\\, Ana ${'x'.repeat(500)}\nATTENDEE;CN="Ana Ruiz":MAILTO:ana@example.com\nATTENDEE:mailto:ben@example.com`,
    ]);
    expect(expand(text)).toMatchObject([
      {
        summary: `On call, Ana ${'x'.repeat(187)}`,
        attendees: ['ana@example.com', 'Ana Ruiz', 'ben@example.com'],
      },
    ]);
  });

  it.each([
    ['a page', '<html>Sign in</html>', 'it is not an iCalendar file (RFC 5545)'],
    ['nothing', '', 'it is not an iCalendar file (RFC 5545)'],
    ['a file that was cut', ics([WEEKLY]).slice(0, -40), 'it is not an iCalendar file (RFC 5545)'],
    [
      'a contact',
      'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nEND:VCARD\r\n',
      'it is not an iCalendar file (RFC 5545)',
    ],
    [
      'an unknown zone',
      ics(['DTSTART;TZID=Nowhere/Town:20260105T080000\nDURATION:PT1H']),
      'it uses a time zone that it does not define and that the IANA database does not have',
    ],
    [
      'more events than a team has shifts',
      ics(['DTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY']),
      'it has more than 5000 events in the next three months',
    ],
  ])('are refused of %s', (_, text, reason) => {
    expect(expand(text)).toBe(reason);
  });
});
