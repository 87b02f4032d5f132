import { beforeEach, describe, expect, it } from 'vitest';
import { createCalendarStore } from '../../../src/oncall/calendar/calendar-store.ts';
import type { CalendarRead } from '../../../src/oncall/calendar/expand-calendar.ts';
import type { ReportToOps } from '../../../src/oncall/engine/report-to-ops.ts';
import { currentSchedules } from '../../../src/oncall/schedule/current-schedules.ts';
import { findOnCall } from '../../../src/oncall/schedule/on-call.ts';
import { createCalendarRefresh } from '../../../src/oncall/schedule/refresh-calendars.ts';
import { createShiftStore } from '../../../src/oncall/store/stored-lists.ts';
import type { EscalationSettings, Schedule } from '../../../src/platform/config/escalation-schema.ts';
import { createLogger } from '../../../src/platform/observe/create-logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { noticesTo } from '../notices.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const AWAY: CalendarRead = {
  kind: 'failed',
  reason: 'its address answers with the status 503',
  unreachable: true,
};

let now: number;
let records: ReturnType<typeof createMemoryRecords>;
let settings: EscalationSettings;
let answer: CalendarRead;
let reads: number;
let told: string[];
let reportToOps: ReportToOps;
let log: string[];

beforeEach(() => {
  now = Date.parse('2026-03-02T08:00Z');
  records = createMemoryRecords(() => now);
  settings = withSchedule();
  answer = shift('Ana');
  reads = 0;
  told = [];
  reportToOps = noticesTo(told);
  log = [];
});

function withSchedule(more: Partial<Schedule> = {}, url = 'https://a.example/team.ics'): EscalationSettings {
  const calendar = { url, people: { Ana: 'U0ANA' }, every: 15 * MINUTE };
  const primary: Schedule = { timeZone: 'UTC', rotations: [], overrides: [], calendar, ...more };
  return { routes: [], order: [], policies: [], schedules: new Map([['primary', primary]]) };
}

function shift(summary: string) {
  const event = { from: now, until: now + 60 * DAY, summary, attendees: [] };
  return { kind: 'events' as const, events: [event] as const };
}

/** A process; all share the records. */
function open() {
  return createCalendarRefresh({
    settings: () => settings,
    records,
    readCalendar: async () => {
      reads += 1;
      return answer;
    },
    reportToOps,
    logger: createLogger({ level: 'debug', to: { write: (line) => void log.push(line) } }),
    now: () => now,
  });
}

async function onCall(): Promise<string | undefined> {
  const sources = { shifts: createShiftStore(records), calendars: createCalendarStore(records) };
  const schedule = (await currentSchedules(settings.schedules, ['primary'], sources)).get('primary');
  return schedule && findOnCall(schedule, now);
}

describe('a calendar', () => {
  it('is read at start and at its interval, by one of all processes', async () => {
    const [one, two] = [open(), open()];
    await Promise.all([one(), two(), two()]);
    expect(reads).toBe(1);
    expect(await onCall()).toBe('U0ANA');
    now += 14 * MINUTE;
    await Promise.all([one(), two()]);
    expect(reads).toBe(1);
    now += MINUTE;
    await Promise.all([one(), two()]);
    expect(reads).toBe(2);
  });

  it('that cannot be read any more stays in force, and operations are told once, and once when it is over', async () => {
    const refresh = open();
    await refresh();
    answer = AWAY;
    for (let time = 0; time < 4; time += 1) {
      now += 15 * MINUTE;
      await refresh();
    }
    // Another process, later.
    now += 30 * DAY;
    await open()();
    expect(reads).toBe(6);
    expect(await onCall()).toBe('U0ANA');
    expect(told).toEqual([
      'The calendar of the schedule `primary` could not be read: its address answers with the status 503. The last good copy stays in force.',
    ]);
    expect(log.filter((line) => line.includes('a calendar could not be read'))).toHaveLength(5);
    now += 15 * MINUTE;
    answer = shift('Ana');
    await refresh();
    expect(told.slice(1)).toEqual(['The calendar of the schedule `primary` can be read again.']);
  });

  it('that was never read leaves the rotation in force, and operations are told so', async () => {
    answer = AWAY;
    settings = withSchedule({
      rotations: [{ people: ['U0ROTA'], starts: '2026-01-01T00:00', turn: 'day', turns: 1 }],
    });
    await open()();
    expect(await onCall()).toBe('U0ROTA');
    expect(told.join()).toContain('There is no earlier copy');
  });

  it('with another address is read at once, and the copy of the old one does not count', async () => {
    const refresh = open();
    await refresh();
    settings = withSchedule({}, 'https://b.example/team.ics');
    answer = AWAY;
    expect(await onCall()).toBeUndefined();
    await refresh();
    expect(reads).toBe(2);
    expect(await onCall()).toBeUndefined();
  });

  it('follows changed people without being read again', async () => {
    answer = shift('Eve');
    await open()();
    expect(await onCall()).toBeUndefined();
    const calendar = settings.schedules.get('primary')?.calendar;
    if (calendar === undefined) throw new Error('no calendar');
    settings = withSchedule({ calendar: { ...calendar, people: { Eve: 'U0EVE' } } });
    expect(await onCall()).toBe('U0EVE');
    expect(reads).toBe(1);
  });

  it('keeps neither its address nor a secret of its titles, in Redis, the log or the channel', async () => {
    settings = withSchedule({}, 'https://a.example/private-4711/team.ics');
    const [event] = shift('Ana password: hunter2secret').events;
    answer = { kind: 'events', events: [{ ...event, attendees: ['ana@example.com', 'psk=hunter2secret'] }] };
    const refresh = open();
    await refresh();
    now += 15 * MINUTE;
    answer = AWAY;
    await refresh();
    const stored = (await records.get('on-call-calendar:primary'))?.text ?? '';
    expect(stored).toContain('Ana');
    expect(stored).toContain('ana@example.com');
    expect([stored, ...log, ...told].join('\n')).not.toMatch(/private-4711|a\.example|hunter2secret/);
  });
});
