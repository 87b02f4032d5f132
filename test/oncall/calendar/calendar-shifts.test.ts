import { describe, expect, it } from 'vitest';
import { calendarShifts, unknownEvents } from '../../../src/oncall/schedule/current-schedules.ts';
import { findOnCall } from '../../../src/oncall/schedule/on-call.ts';
import { scheduleGaps } from '../../../src/oncall/schedule/schedule-gaps.ts';
import type { Schedule } from '../../../src/platform/config/escalation-schema.ts';

const HOUR = 3_600_000;
const PEOPLE = {
  Ana: 'U0ANA',
  'Ana Ruiz': 'U0RUIZ',
  'ben@example.com': 'U0BEN',
  Zoë: 'U0ZOE',
};

function event(summary: string, from = 0, until = 24, attendees: readonly string[] = []) {
  return { from: from * HOUR, until: until * HOUR, summary, attendees };
}

describe('the person of an event', () => {
  it.each<readonly [string, string, readonly string[], string | undefined]>([
    ['the whole title', 'Ana', [], 'U0ANA'],
    ['a part of the title, as PagerDuty writes it', 'On Call - Ana Ruiz - Primary', [], 'U0RUIZ'],
    ['a mail address, as Opsgenie writes it', 'BEN@example.com - primary_schedule', [], 'U0BEN'],
    ['the first of two in the title', 'ben@example.com, Ana', [], 'U0BEN'],
    ['letters composed of two characters', 'zoe\u0308', [], 'U0ZOE'],
    ['an attendee, if the title names nobody', 'On call', ['eve@example.com', 'Ben@Example.com'], 'U0BEN'],
    ['the title before the attendees', 'Ana', ['ben@example.com'], 'U0ANA'],
    ['no part of another word', 'Diana', [], undefined],
    ['no part of a double name', 'Ana-Maria', [], undefined],
    ['no part of a mail address', 'ana@example.com', [], undefined],
    ['no part of an attendee', 'On call', ['Ana Lopez'], undefined],
    ['nobody', '', [], undefined],
  ])('is %s', (_, summary, attendees, user) => {
    expect(calendarShifts([event(summary, 0, 1, attendees)], PEOPLE)[0]?.user).toBe(user);
    expect(unknownEvents([event(summary, 0, 1, attendees)], PEOPLE)).toHaveLength(user === undefined ? 1 : 0);
  });
});

describe('who is on call by a calendar', () => {
  const schedule: Schedule = {
    timeZone: 'UTC',
    rotations: [
      {
        people: ['U0ROTA'],
        starts: '1970-01-01T00:00',
        turn: 'day',
        turns: 1,
        from: '00:00',
        until: '12:00',
      },
    ],
    overrides: [{ user: 'U0OVER', from: '1970-01-01T01:00', until: '1970-01-01T02:00' }],
    calendarShifts: calendarShifts(
      [
        event('Public holiday', 0, 24),
        event('Ana', 0, 8),
        event('Ben, ben@example.com', 4, 6),
        event('Zoë', 4, 5),
      ],
      PEOPLE,
    ),
    shifts: [{ user: 'U0TOOK', from: 3 * HOUR, until: 3.5 * HOUR }],
  };

  it.each([
    ['the event', 0, 'U0ANA'],
    ['an override of the inventory, before the calendar', 1, 'U0OVER'],
    ['a shift taken in Slack, before all', 3, 'U0TOOK'],
    ['of two that began together, the one that ends first', 4, 'U0ZOE'],
    ['the one that began later', 5, 'U0BEN'],
    ['the earlier one again', 6, 'U0ANA'],
    ['the rotation, where no event names a person', 9, 'U0ROTA'],
    ['nobody, where the rotation has ended as well', 13, undefined],
  ])('%s', (_, hour, user) => {
    expect(findOnCall(schedule, hour * HOUR)).toBe(user);
  });

  it('leaves gaps where neither an event nor a rotation names a person', () => {
    expect(scheduleGaps(schedule, { from: 0, until: 24 * HOUR })).toEqual([
      { from: 12 * HOUR, until: 24 * HOUR },
    ]);
  });
});
