import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boltLogger } from '../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../src/bot/slack/web-client.ts';
import type { ReportToOps } from '../../src/oncall/engine/report-to-ops.ts';
import { createUserGroupSync } from '../../src/oncall/schedule/sync-user-groups.ts';
import { createShiftStore } from '../../src/oncall/store/stored-lists.ts';
import { threadPort } from '../../src/oncall/thread/thread-port.ts';
import type { EscalationSettings, Schedule } from '../../src/platform/config/escalation-schema.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { noticesTo } from './notices.ts';

const DAY = 24 * 3_600_000;
const GROUP = 'S0ONCALL';

let slack: LocalSlack;
let now: number;
let records: ReturnType<typeof createMemoryRecords>;
let told: string[];
let reportToOps: ReportToOps;
let schedule: Schedule;

beforeEach(async () => {
  slack = await startLocalSlack({ userGroups: { [GROUP]: ['U0BEN', 'U0CHI'] } });
  now = Date.parse('2026-03-02T09:00Z');
  records = createMemoryRecords(() => now);
  told = [];
  reportToOps = noticesTo(told);
  schedule = {
    timeZone: 'UTC',
    rotations: [{ people: ['U0ANA', 'U0BEN'], starts: '2026-03-02T08:00', turn: 'day', turns: 1 }],
    overrides: [],
    userGroup: { id: GROUP },
  };
});
afterEach(() => slack.close());

/** A process. */
function open() {
  const client = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  return createUserGroupSync({
    settings: (): EscalationSettings => ({
      routes: [],
      order: [],
      policies: [],
      schedules: new Map([['primary', schedule]]),
    }),
    records,
    thread: threadPort(() => client, records),
    reportToOps,
    logger: silentLogger,
    now: () => now,
  });
}

const updates = () => slack.calls('usergroups.users.update').map(({ args }) => args.users);
const compared = () => slack.calls('usergroups.users.list').length;

describe('the user group of a schedule', () => {
  it('has the person on call as its only member, from the start and at each change of the shift', async () => {
    const sync = open();
    await sync();
    await sync();
    expect(updates()).toEqual(['U0ANA']);
    now += DAY;
    await sync();
    expect(updates()).toEqual(['U0ANA', 'U0BEN']);
    await createShiftStore(records).add('primary', {
      user: 'U0CHI',
      from: now,
      until: now + DAY,
      by: 'U0CHI',
    });
    await sync();
    expect(updates()).toEqual(['U0ANA', 'U0BEN', 'U0CHI']);
    expect(slack.calls('usergroups.users.update').map(({ args }) => args.usergroup)).toEqual(
      Array(3).fill(GROUP),
    );
  });

  it('is not changed if it is right, and asked for only once an hour', async () => {
    await open()();
    const again = open();
    for (let minute = 0; minute < 59; minute += 1) {
      now += 60_000;
      await again();
    }
    expect(updates()).toHaveLength(1);
    expect(compared()).toBe(2);
    now += 3_600_000;
    await again();
    expect(compared()).toBe(3);
  });

  it('is set right again within an hour after somebody edited it', async () => {
    const sync = open();
    await sync();
    const client = createDeliveryClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      logger: boltLogger(silentLogger),
    });
    await client.usergroups.users.update({ usergroup: GROUP, users: 'U0CHI' });
    now += 3_600_000;
    await sync();
    expect(updates()).toEqual(['U0ANA', 'U0CHI', 'U0ANA']);
  });

  it('stays as it is while nobody is on call, because Slack takes no empty group', async () => {
    schedule = { ...schedule, rotations: [] };
    await open()();
    expect(compared()).toBe(0);
  });

  it.each([
    ['without the scope', 'missing_scope', /missing_scope\. Put `ftm-check manifest`.*usergroups:write/],
    [
      'where the workspace lets only admins change groups',
      'permission_denied',
      /permission_denied\. Workspace settings/,
    ],
    ['for a guest', 'single_channel_guests_cannot_be_added', /guests/],
  ])('%s is a failure that operations are told once, whatever process', async (_, error, words) => {
    if (error === 'missing_scope') slack.revoke('usergroups:write');
    const refuse = () => {
      if (error !== 'missing_scope') slack.failNext('usergroups.users.update', { error });
    };
    for (const sync of [open(), open()]) {
      refuse();
      await sync();
      now += 5 * 60_000;
      refuse();
      await sync();
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(words);
    expect(told[0]).not.toContain('<!subteam');
    expect(slack.calls('usergroups.users.update')).toHaveLength(4);
  });

  it('waits as long as Slack asks for, and does not tell operations of it', async () => {
    slack.failNext('usergroups.users.update', { status: 429, retryAfter: 120 });
    const sync = open();
    await sync();
    now += 119_000;
    await sync();
    expect(updates()).toHaveLength(1);
    now += 1_000;
    await sync();
    expect(updates()).toEqual(['U0ANA', 'U0ANA']);
    expect(told).toEqual([]);
  });
});
