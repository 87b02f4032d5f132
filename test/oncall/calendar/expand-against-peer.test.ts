import * as fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { describe, expect, it } from 'vitest';
import { expandCalendar } from '../../../src/oncall/calendar/expand-calendar.ts';
import { ics } from './ics.ts';

const ZONES = ['Europe/Madrid', 'America/New_York', 'Australia/Sydney'];
const FROM = Date.parse('2026-01-01T00:00:00Z');
const UNTIL = Date.parse('2027-01-01T00:00:00Z');

const weekday = fc.constantFrom('TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const byDay = fc.uniqueArray(weekday, { maxLength: 4 }).map((days) => `;BYDAY=${['MO', ...days].join(',')}`);
const interval = fc.integer({ min: 1, max: 3 }).map((every) => `;INTERVAL=${every}`);
/** The start, a Monday, is an occurrence of each: RFC 5545 leaves open what else would be meant. */
const rule = fc.oneof(
  fc.tuple(fc.constant('FREQ=DAILY'), interval),
  fc.tuple(fc.constant('FREQ=WEEKLY'), interval),
  fc.tuple(fc.constant('FREQ=WEEKLY;WKST=MO'), interval, byDay),
  fc.tuple(fc.constant('FREQ=DAILY'), byDay),
  fc.tuple(fc.constant('FREQ=MONTHLY;BYDAY=1MO')),
  fc.tuple(fc.constant('FREQ=MONTHLY;BYMONTHDAY=5')),
  fc.tuple(fc.constant('FREQ=YEARLY;BYMONTH=1,3,10;BYDAY=1MO')),
);
const end = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 30 }).map((count) => `;COUNT=${count}`),
  fc.constantFrom(';UNTIL=20260701T120000Z', ';UNTIL=20261101T060000Z'),
);
/** No hour in which a clock is set: libraries differ about times that do not exist. */
const hour = fc.integer({ min: 4, max: 23 }).map((each) => String(each).padStart(2, '0'));

describe('the expansion of rules', () => {
  it('is the same as that of rrule-temporal, a library that is not used here, in three zones over a year', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), rule, end, hour, (zone, parts, ending, at) => {
        const start = `DTSTART;TZID=${zone}:20260105T${at}0000`;
        const rrule = `RRULE:${parts.join('')}${ending}`;
        const peer = new RRuleTemporal({ rruleString: `${start}\n${rrule}` })
          .between(new Date(FROM), new Date(UNTIL - 1), true)
          .map(({ epochMilliseconds }) => epochMilliseconds);
        const read = expandCalendar({
          text: ics([`${start}\nDURATION:PT1M\n${rrule}\nSUMMARY:Ana`]),
          timeZone: 'UTC',
          from: FROM,
          until: UNTIL,
        });
        const own = read.kind === 'events' ? read.events.map(({ from }) => from) : read.reason;
        expect({ start, rrule, own }).toEqual({ start, rrule, own: peer });
        compared += peer.length;
      }),
      { numRuns: 150, seed: 17 },
    );
    expect(compared).toBeGreaterThan(3000);
  });
});
