import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOnCall } from '../../src/oncall/schedule/on-call.ts';
import { scheduleGaps } from '../../src/oncall/schedule/schedule-gaps.ts';
import type { Rotation, Schedule } from '../../src/platform/config/escalation-schema.ts';

const MINUTE = 60_000;
const DAY: Rotation = {
  people: ['UDAY', 'UEVE'],
  starts: '2026-01-05T08:00',
  turn: 'day',
  turns: 1,
  from: '08:00',
  until: '20:00',
};

function schedule(rotations: readonly Rotation[], overrides: Schedule['overrides'] = []): Schedule {
  return { timeZone: 'Europe/Madrid', rotations, overrides };
}

function gaps(of: Schedule, from: string, until: string): readonly string[] {
  return scheduleGaps(of, { from: Date.parse(from), until: Date.parse(until) }).map(
    (gap) => `${new Date(gap.from).toISOString()} ${new Date(gap.until).toISOString()}`,
  );
}

describe('gaps of a schedule', () => {
  it('are none where somebody is always on call', () => {
    const always = { ...DAY, from: undefined, until: undefined };
    expect(gaps(schedule([always]), '2026-03-27T00:00:00Z', '2026-04-10T00:00:00Z')).toEqual([]);
  });

  it('are the hours outside, in local time over a clock change, less what overrides cover', () => {
    const covered = { user: 'UDAN', from: '2026-03-28T20:00', until: '2026-03-28T23:30' };
    expect(gaps(schedule([DAY], [covered]), '2026-03-28T12:00:00Z', '2026-03-29T21:00:00Z')).toEqual([
      '2026-03-28T22:30:00.000Z 2026-03-29T06:00:00.000Z',
      '2026-03-29T18:00:00.000Z 2026-03-29T21:00:00.000Z',
    ]);
  });

  it('reach to the start of a rotation in the future', () => {
    const later = schedule([{ ...DAY, starts: '2027-01-01T08:00' }]);
    expect(gaps(later, '2026-03-01T00:00:00Z', '2026-03-29T00:00:00Z')).toEqual([
      '2026-03-01T00:00:00.000Z 2026-03-29T00:00:00.000Z',
    ]);
  });

  it('are exactly the minutes without a person', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const from = Date.parse('2026-10-23T00:00:00Z');
    const until = from + 4 * 24 * 60 * MINUTE;
    fc.assert(
      fc.property(time, time, time, fc.nat(5759), (start, begin, end, minute) => {
        const one = schedule([{ ...DAY, starts: `2026-10-24T${start}`, from: begin, until: end }]);
        const at = from + minute * MINUTE;
        const inGap = scheduleGaps(one, { from, until }).some((gap) => gap.from <= at && at < gap.until);
        expect(inGap).toBe(findOnCall(one, at) === undefined);
      }),
      { numRuns: 200 },
    );
  });
});
