import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAct } from '../../src/bot/requests/act.ts';
import { boltLogger } from '../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../src/bot/slack/web-client.ts';
import { createCalendarStore } from '../../src/oncall/calendar/calendar-store.ts';
import type { CalendarRead } from '../../src/oncall/calendar/expand-calendar.ts';
import { createReportToOps } from '../../src/oncall/engine/report-to-ops.ts';
import { createOnCallShifts } from '../../src/oncall/on-call-shifts.ts';
import { createCalendarRefresh } from '../../src/oncall/schedule/refresh-calendars.ts';
import { createUserGroupSync } from '../../src/oncall/schedule/sync-user-groups.ts';
import { createShiftStore } from '../../src/oncall/store/stored-lists.ts';
import { threadPort } from '../../src/oncall/thread/thread-port.ts';
import type { EscalationSettings, Schedule } from '../../src/platform/config/escalation-schema.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { dieEverywhere, repeatWithDeath } from './mortal.ts';
import type { Wrap } from './test-pager.ts';

const MINUTE = 60_000;
const OPS = 'G0PRIVATE';
const GROUP = 'S0ONCALL';
const AWAY: CalendarRead = { kind: 'failed', reason: 'its address answers with 503', unreachable: true };

let slack: LocalSlack;
let now: number;
let records: ReturnType<typeof createMemoryRecords>;

beforeEach(async () => {
  slack = await startLocalSlack({ userGroups: { [GROUP]: ['U0BEN', 'U0CHI'] } });
});
afterEach(() => slack.close());

function begin(): void {
  // Slack's clock is the real one: what is posted later must be later.
  now = Date.now() - 6 * 3_600_000;
  records = createMemoryRecords(() => now);
}

const told = () => slack.messages(OPS).map(({ text }) => text);

/** What the parts of a process share. */
function processOf(wrap: Wrap, schedule: Partial<Schedule>) {
  const client = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  const store = wrap(records);
  const thread = wrap(threadPort(() => client, store));
  const primary: Schedule = { timeZone: 'UTC', rotations: [], overrides: [], ...schedule };
  const settings: EscalationSettings = {
    routes: [],
    order: [],
    policies: [],
    schedules: new Map([['primary', primary]]),
  };
  const logger = silentLogger;
  const shared = { settings: () => settings, records: store, thread, logger, now: () => now };
  return { ...shared, reportToOps: createReportToOps({ ...shared, place: { channel: OPS } }) };
}

const ALWAYS_ANA = {
  rotations: [{ people: ['U0ANA'], starts: '2020-01-01T00:00', turn: 'day', turns: 1 }],
  userGroup: { id: GROUP },
} as const;

describe.each(['before', 'after'] as const)('a process that dies %s it did a step', (when) => {
  it('of a user group: it has the person on call, and is changed once', async () => {
    const deaths = await dieEverywhere(async (diesAt) => {
      begin();
      const set = slack.calls('usergroups.users.update').length;
      const died = await repeatWithDeath(
        async (wrap) => await createUserGroupSync(processOf(wrap, ALWAYS_ANA))(),
        diesAt,
        when,
      );
      const updates = slack.calls('usergroups.users.update').slice(set);
      expect(
        updates.map(({ args }) => args.users),
        `dying at step ${diesAt}`,
      ).toEqual(['U0ANA']);
      const client = createDeliveryClient(slack.botToken, {
        slackApiUrl: slack.apiUrl,
        logger: boltLogger(silentLogger),
      });
      await client.usergroups.users.update({ usergroup: GROUP, users: 'U0BEN' });
      return died;
    });
    expect(deaths).toBeGreaterThanOrEqual(3);
  });

  it('of a user group that Slack refuses: operations are told once', async () => {
    slack.revoke('usergroups:write');
    const deaths = await dieEverywhere(async (diesAt) => {
      begin();
      const before = told().length;
      const died = await repeatWithDeath(
        async (wrap) => await createUserGroupSync(processOf(wrap, ALWAYS_ANA))(),
        diesAt,
        when,
      );
      expect(told().slice(before), `dying at step ${diesAt}`).toEqual([
        expect.stringContaining(`The user group \`${GROUP}\` is not in step`),
      ]);
      return died;
    });
    expect(deaths).toBeGreaterThanOrEqual(6);
  });

  it('of a calendar: the shifts are in force, and operations are told once that it failed and once that it is over', async () => {
    const calendar = {
      url: 'https://a.example/team.ics',
      people: { Ana: 'U0ANA' },
      every: 15 * MINUTE,
    };
    const deaths = await dieEverywhere(async (diesAt) => {
      begin();
      const before = told().length;
      const events = [{ from: now - MINUTE, until: now + 60 * MINUTE, summary: 'Ana', attendees: [] }];
      const answers: CalendarRead[] = [{ kind: 'events', events }, AWAY, AWAY, { kind: 'events', events }];
      let nth = 0;
      const died = await repeatWithDeath(
        async (wrap) => {
          // The process that takes over goes on where the other one died.
          for (; nth < answers.length; nth += 1) {
            // Who died may have claimed the calendar.
            now += MINUTE;
            const port = wrap({ read: async () => answers[nth] ?? AWAY });
            const readCalendar = () => port.read();
            await createCalendarRefresh({ ...processOf(wrap, { calendar }), readCalendar })();
            now += 15 * MINUTE;
          }
        },
        diesAt,
        when,
      );
      now += 15 * MINUTE;
      const readCalendar = async () => ({ kind: 'events', events }) as const;
      await createCalendarRefresh({
        ...processOf((port) => port, { calendar }),
        readCalendar,
      })();
      const at = `dying at step ${diesAt}`;
      expect(told().slice(before), at).toEqual([
        expect.stringContaining('could not be read: its address answers with 503. The last good copy'),
        'The calendar of the schedule `primary` can be read again.',
      ]);
      const { schedules } = processOf((port) => port, { calendar }).settings();
      const schedule = schedules.get('primary');
      const copy = schedule && (await createCalendarStore(records).get('primary', schedule));
      expect(copy, at).toMatchObject({ events });
      expect(copy?.failure, at).toBeUndefined();
      return died;
    });
    expect(deaths).toBeGreaterThan(20);
  });

  it('of a shift that is taken: it is stored once when the person asks again', async () => {
    const deaths = await dieEverywhere(async (diesAt) => {
      begin();
      const died = await repeatWithDeath(
        async (wrap) =>
          await createOnCallShifts(processOf(wrap, ALWAYS_ANA)).takeShift({
            act: createAct({
              verb: 'shift',
              way: 'command',
              caller: { user: 'U0BEN', channel: 'C0SUPPORT' },
            }),
            user: 'U0BEN',
            minutes: 60,
          }),
        diesAt,
        when,
      );
      const shifts = await createShiftStore(records).list('primary');
      expect(
        shifts.map(({ user }) => user),
        `dying at step ${diesAt}`,
      ).toEqual(['U0BEN']);
      return died;
    });
    expect(deaths).toBeGreaterThanOrEqual(4);
  });
});
