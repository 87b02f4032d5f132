import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { findOnCall } from '../../src/oncall/schedule/on-call.ts';
import { listChanges, scheduleGaps } from '../../src/oncall/schedule/schedule-gaps.ts';
import type { Rotation, Schedule } from '../../src/platform/config/escalation-schema.ts';
import { AMOUNT, sampleOf } from '../support/amount.ts';

/** Two zones of the north, one of the south whose clocks change by half an hour. */
const ZONES = ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe'];
const MINUTE = 60_000;

/** A week of days by turns, nights of two people, a long override and a short one on top of it, and a taken shift. */
function scheduleOf(timeZone: string, week: DateTime): Schedule {
  const local = (at: DateTime) => at.toFormat("yyyy-MM-dd'T'HH:mm");
  const monday = week.startOf('week').plus({ hours: 8 });
  return {
    timeZone,
    rotations: [
      {
        people: ['U1', 'U2', 'U3'],
        starts: '2026-01-05T08:00',
        turn: 'week',
        turns: 1,
        from: '08:00',
        until: '20:00',
      },
      {
        people: ['U4', 'U5'],
        starts: '2026-01-05T20:00',
        turn: 'day',
        turns: 2,
        from: '20:00',
        until: '06:00',
      },
    ],
    overrides: [
      { user: 'U6', from: local(monday.plus({ days: 2 })), until: local(monday.plus({ days: 5 })) },
      { user: 'U7', from: local(monday.plus({ days: 3 })), until: local(monday.plus({ days: 3, hours: 4 })) },
    ],
    shifts: [
      {
        user: 'U8',
        from: monday.plus({ days: 4 }).toMillis(),
        until: monday.plus({ days: 4, hours: 9 }).toMillis(),
      },
    ],
  };
}

/** Milliseconds since the Unix epoch. */
interface Turn {
  readonly user: string;
  readonly from: number;
  readonly until: number;
}

/** The turns of a schedule up to the end of 2026 by luxon, which is not used for schedules, in the order of precedence. */
function turnsByLuxon({ timeZone, rotations, overrides, shifts = [] }: Schedule): readonly Turn[] {
  const parse = (local: string) => DateTime.fromISO(local, { zone: timeZone });
  return [
    ...shifts,
    ...overrides
      .map(({ user, from, until }) => ({
        user,
        from: parse(from).toMillis(),
        until: parse(until).toMillis(),
      }))
      .toReversed(),
    ...rotations.flatMap((rotation) => daysByLuxon(rotation, timeZone)),
  ];
}

function daysByLuxon({ people, starts, turn, turns, until }: Rotation, zone: string): readonly Turn[] {
  const first = DateTime.fromISO(starts, { zone });
  const found: Turn[] = [];
  for (let day = 0; day < 365; day += 1) {
    const begin = first.plus({ days: day });
    const [hour = 0, minute = 0] = (until ?? starts.slice(11)).split(':').map(Number);
    const sameDay = begin.set({ hour, minute });
    const end = sameDay > begin ? sameDay : begin.plus({ days: 1 }).set({ hour, minute });
    const index = Math.floor(day / (turns * (turn === 'week' ? 7 : 1))) % people.length;
    found.push({ user: people[index] ?? '', from: begin.toMillis(), until: end.toMillis() });
  }
  return found;
}

/** Compares both at each moment; returns the number of moments. */
function compare(schedule: Schedule, moments: Iterable<number>): number {
  const turns = turnsByLuxon(schedule);
  let compared = 0;
  for (const at of moments) {
    const [own, peer] = [
      findOnCall(schedule, at),
      turns.find(({ from, until }) => from <= at && at < until)?.user,
    ];
    if (own !== peer)
      expect({ at: new Date(at).toISOString(), own }).toEqual({ at: new Date(at).toISOString(), own: peer });
    compared += 1;
  }
  return compared;
}

function* every(minutes: number, from: DateTime, until: DateTime): Iterable<number> {
  for (let at = from.toMillis(); at < until.toMillis(); at += minutes * MINUTE) yield at;
}

describe.each(ZONES.map((zone, index) => ({ zone, index })))(
  'shifts in $zone, compared with luxon',
  ({ zone, index: place }) => {
    const changes = clockChanges(zone);

    it('has two changes of the clocks in the year', () => {
      expect(changes).toHaveLength(2);
    });

    // A sample has one of the changes in each zone, in turn.
    it.each(sampleOf([0, 1], 2, place))(
      'are the same every five minutes of the week around a change of the clocks (%i)',
      (index) => {
        const change = DateTime.fromMillis(changes[index] ?? 0, { zone });
        const schedule = scheduleOf(zone, change);
        const [from, until] = [change.minus({ hours: 84 }), change.plus({ hours: 84 })];
        expect(compare(schedule, every(5, from, until))).toBe(2016);
      },
    );

    // A sample has the year in one zone, whose clocks change by half an hour.
    it.skipIf(AMOUNT === 'sample' && zone !== 'Australia/Lord_Howe')(
      'are the same over a year, in each hour and a millisecond around each change of a person',
      () => {
        const schedule = scheduleOf(zone, DateTime.fromISO('2026-06-15', { zone }));
        const [from, until] = [
          DateTime.fromISO('2026-01-05T08:00', { zone }),
          DateTime.fromISO('2026-12-31', { zone }),
        ];
        const borders = listChanges(schedule, { from: from.toMillis(), until: until.toMillis() });
        // A sample has every 37th hour: each hour of the day on each day of the week.
        const hour = AMOUNT === 'sample' ? 37 : 1;
        expect(compare(schedule, every(hour * 60, from, until))).toBeGreaterThan(8600 / hour);
        expect(
          compare(
            schedule,
            sampleOf(borders, 4, place).flatMap((at) => [at - 1, at, at + 1]),
          ),
        ).toBeGreaterThan(AMOUNT === 'sample' ? 750 : 3000);
        // The schedule has a gap from 06:00 to 08:00, but in the three days of the override.
        const gaps = scheduleGaps(schedule, { from: from.toMillis(), until: until.toMillis() });
        const hours = gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0) / 3_600_000;
        expect([gaps.length, hours]).toEqual([356, 712]);
      },
    );
  },
);

/** The moments of 2026 at which the offset of a zone changes. */
function clockChanges(zone: string): readonly number[] {
  const offsetAt = (at: number) => DateTime.fromMillis(at, { zone }).offset;
  const [from, until] = [DateTime.fromISO('2026-01-01', { zone }), DateTime.fromISO('2027-01-01', { zone })];
  const [half, day] = [30 * MINUTE, 24 * 60 * MINUTE];
  const found: number[] = [];
  for (const begin of every(24 * 60, from, until)) {
    if (offsetAt(begin) === offsetAt(begin + day)) continue;
    for (let at = begin; at < begin + day; at += half) {
      if (offsetAt(at) !== offsetAt(at + half)) found.push(at + half);
    }
  }
  return found;
}
