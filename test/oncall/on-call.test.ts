import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOnCall, listOnCall } from '../../src/oncall/schedule/on-call.ts';
import type { Rotation, Schedule } from '../../src/platform/config/escalation-schema.ts';

const MADRID = 'Europe/Madrid';
const WEEKLY: Rotation = {
  people: ['UANA', 'UBEN', 'UCHI'],
  starts: '2026-03-02T08:00',
  turn: 'week',
  turns: 1,
};

function schedule(rotations: readonly Rotation[], overrides: Schedule['overrides'] = [], timeZone = MADRID) {
  return { timeZone, rotations, overrides } satisfies Schedule;
}

function at(utc: string): number {
  return Date.parse(utc);
}

describe('a weekly rotation', () => {
  it.each([
    ['before it starts', '2026-03-02T06:59:59Z', undefined],
    ['from its first second', '2026-03-02T07:00:00Z', 'UANA'],
    ['to the last second of the turn', '2026-03-09T06:59:59Z', 'UANA'],
    ['then the next person', '2026-03-09T07:00:00Z', 'UBEN'],
    ['and the third', '2026-03-16T07:00:00Z', 'UCHI'],
    ['and the first again', '2026-03-23T07:00:00Z', 'UANA'],
    // Summer time begins on Sunday, 29 March: the hand-over of 30 March is at 08:00 local time, which is 06:00 UTC.
    ['still the old turn an hour early by UTC', '2026-03-30T05:59:59Z', 'UANA'],
    ['hands over at 08:00 in summer time', '2026-03-30T06:00:00Z', 'UBEN'],
    // And ends on Sunday, 25 October (34 whole weeks after the start).
    ['in the last summer week', '2026-10-26T06:59:59Z', 'UANA'],
    ['hands over at 08:00 in winter time', '2026-10-26T07:00:00Z', 'UBEN'],
  ])('%s', (_, utc, user) => {
    expect(findOnCall(schedule([WEEKLY]), at(utc))).toBe(user);
  });
});

describe('a hand-over in the hour that a clock change takes or gives', () => {
  const daily: Rotation = { people: ['UANA', 'UBEN'], starts: '2026-03-27T02:30', turn: 'day', turns: 1 };

  it.each([
    // 29 March: 02:00 becomes 03:00, so 02:30 does not exist and counts as 03:30 (01:30 UTC).
    ['before the gap', '2026-03-29T00:59:59Z', 'UBEN'],
    ['in the first half hour after it', '2026-03-29T01:29:59Z', 'UBEN'],
    ['from 03:30 on', '2026-03-29T01:30:00Z', 'UANA'],
    // 25 October: 02:30 comes twice; the first (00:30 UTC) hands over, the second changes nothing.
    ['before the first 02:30', '2026-10-25T00:29:59Z', 'UBEN'],
    ['from the first 02:30', '2026-10-25T00:30:00Z', 'UANA'],
    ['at 02:00 for the second time', '2026-10-25T01:00:00Z', 'UANA'],
    ['at 02:30 for the second time', '2026-10-25T01:30:00Z', 'UANA'],
    ['the day after', '2026-10-26T01:30:00Z', 'UBEN'],
  ])('%s', (_, utc, user) => {
    expect(findOnCall(schedule([daily]), at(utc))).toBe(user);
  });
});

describe('all layers', () => {
  const second: Rotation = { ...WEEKLY, people: ['UDAN', 'UANA'] };
  const later: Rotation = { ...WEEKLY, people: ['UEVA'], starts: '2027-01-01T08:00' };
  const layered = schedule([WEEKLY, second, later]);

  it.each([
    ['of every rotation that covers the time', '2026-03-03T12:00:00Z', ['UANA', 'UDAN']],
    ['each person once', '2026-03-24T12:00:00Z', ['UANA']],
    ['nobody before them', '2026-03-01T12:00:00Z', []],
  ])('%s', (_, utc, users) => {
    expect(listOnCall(layered, at(utc), { layers: 'all' })).toEqual(users);
    expect(listOnCall(layered, at(utc), {})).toEqual(users.slice(0, 1));
  });

  it('after the person of an override', () => {
    const overrides = [{ user: 'UFAY', from: '2026-03-03T08:00', until: '2026-03-04T08:00' }];
    const users = listOnCall(schedule([WEEKLY, second], overrides), at('2026-03-03T12:00:00Z'), {
      layers: 'all',
    });
    expect(users).toEqual(['UFAY', 'UANA', 'UDAN']);
  });
});

describe('hours', () => {
  const days: Rotation = {
    people: ['UDAY'],
    starts: '2026-01-05T08:00',
    turn: 'week',
    turns: 1,
    from: '08:00',
    until: '20:00',
  };
  const nights: Rotation = {
    people: ['UONE', 'UTWO'],
    starts: '2026-01-05T20:00',
    turn: 'day',
    turns: 1,
    from: '20:00',
    until: '08:00',
  };

  it.each([
    ['in the day', '2026-01-05T12:00:00Z', 'UDAY'],
    ['at the end of the day', '2026-01-05T18:59:59Z', 'UDAY'],
    ['in the evening', '2026-01-05T19:00:00Z', 'UONE'],
    ['past midnight it is still that evening’s person', '2026-01-06T05:00:00Z', 'UONE'],
    ['the next evening', '2026-01-06T22:00:00Z', 'UTWO'],
    ['in the night in which summer time begins', '2026-03-29T01:30:00Z', 'UONE'],
  ])('%s', (_, utc, user) => {
    expect(findOnCall(schedule([days, nights]), at(utc))).toBe(user);
  });

  it('covers nobody outside of them', () => {
    expect(findOnCall(schedule([days]), at('2026-01-05T22:00:00Z'))).toBeUndefined();
  });
});

describe('overrides', () => {
  const overrides = [
    { user: 'UDAN', from: '2026-03-10T00:00', until: '2026-03-12T00:00' },
    { user: 'UEVA', from: '2026-03-11T12:00', until: '2026-03-11T18:00' },
  ];

  it.each([
    ['before', '2026-03-09T22:59:59Z', 'UBEN'],
    ['within', '2026-03-09T23:00:00Z', 'UDAN'],
    ['a later one wins', '2026-03-11T11:00:00Z', 'UEVA'],
    ['until it ends', '2026-03-11T17:00:00Z', 'UDAN'],
    ['after', '2026-03-11T23:00:00Z', 'UBEN'],
  ])('%s', (_, utc, user) => {
    expect(findOnCall(schedule([WEEKLY], overrides), at(utc))).toBe(user);
  });
});

it('knows other zones, half-hour ones and the date line too', () => {
  const rotation = { ...WEEKLY, starts: '2026-03-02T00:00' };
  expect(findOnCall(schedule([rotation], [], 'Asia/Kolkata'), at('2026-03-01T18:29:59Z'))).toBeUndefined();
  expect(findOnCall(schedule([rotation], [], 'Asia/Kolkata'), at('2026-03-01T18:30:00Z'))).toBe('UANA');
  expect(findOnCall(schedule([rotation], [], 'Pacific/Kiritimati'), at('2026-03-01T10:00:00Z'))).toBe('UANA');
  // Lord Howe puts its clocks back by half an hour on 4 April 2027: midnight is at 13:30 UTC from then on.
  expect(findOnCall(schedule([rotation], [], 'Australia/Lord_Howe'), at('2027-04-04T13:29:59Z'))).toBe(
    'UCHI',
  );
  expect(findOnCall(schedule([rotation], [], 'Australia/Lord_Howe'), at('2027-04-04T13:30:00Z'))).toBe(
    'UANA',
  );
});

it('leaves no moment uncovered and gives everybody a fair share over a year', () => {
  const from = at('2026-03-02T07:00:00Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 364 * 24 * 60 }), (minutes) => {
      expect(WEEKLY.people).toContain(findOnCall(schedule([WEEKLY]), from + minutes * 60_000));
    }),
  );
  const shares = new Map<string, number>();
  for (let day = 0; day < 3 * 7 * 12; day += 1) {
    const user = findOnCall(schedule([WEEKLY]), from + day * 86_400_000 + 43_200_000) ?? '';
    shares.set(user, (shares.get(user) ?? 0) + 1);
  }
  expect([...shares.values()]).toEqual([84, 84, 84]);
});

it.each([
  ['2026-03-06T10:00:00Z', 'UWEEK'],
  ['2026-03-06T20:00:00Z', undefined],
  ['2026-03-07T10:00:00Z', 'UEND'],
  ['2026-03-09T05:00:00Z', 'UEND'],
  ['2026-03-09T09:00:00Z', 'UWEEK'],
])('rotations by weekday: %s is the duty of %s', (at, user) => {
  const rotation = { turn: 'week', turns: 1, starts: '2026-03-02T08:00' } as const;
  const byWeekday = {
    timeZone: 'UTC',
    overrides: [],
    rotations: [
      {
        ...rotation,
        people: ['UWEEK'],
        days: ['mon', 'tue', 'wed', 'thu', 'fri'],
        from: '08:00',
        until: '18:00',
      },
      { ...rotation, people: ['UEND'], days: ['sat', 'sun'] },
    ],
  } as const;
  expect(findOnCall(byWeekday, Date.parse(at))).toBe(user);
});
