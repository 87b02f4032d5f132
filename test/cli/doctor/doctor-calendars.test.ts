import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { ics } from '../../oncall/calendar/ics.ts';
import { ftmCheck } from '../test-io.ts';

let folder: string;
let slack: LocalSlack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  slack = await startLocalSlack({ userGroups: { S0ONCALL: ['U0ANA'] } });
});
afterAll(async () => {
  await slack.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => slack.restore());

const WEEKDAYS =
  'DTSTART;TZID=Europe/Madrid:20260105T080000\nDURATION:P1D\nRRULE:FREQ=DAILY\nSUMMARY:On call: Ana';

async function doctor(
  calendar: string,
  { more = '', env = {} }: { more?: string; env?: Record<string, string> } = {},
) {
  const path = join(folder, 'inventory.yaml');
  await writeFile(join(folder, 'team.ics'), calendar);
  await writeFile(
    path,
    `devices: {}
escalation:
  routes:
    team: { kind: slack, levels: [{ schedule: primary }] }
  schedules:
    primary:
      timeZone: Europe/Madrid
      calendar: { file: "${join(folder, 'team.ics')}", people: { Ana: U0ANA, Gone: U0GONE } }
${more}`,
  );
  return await ftmCheck(['doctor'], {
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      FTM_CHECK_INVENTORY: path,
      ...env,
    },
  });
}

describe('doctor about calendars', () => {
  it('says that somebody is on call, and checks the people that the calendar may name', async () => {
    const { stdout } = await doctor(ics([WEEKDAYS]));
    expect(stdout).toMatch(/✓ calendar +primary: every event names a person/);
    expect(stdout).toMatch(/✓ schedule +primary: somebody is on call in the next four weeks/);
    expect(stdout).toMatch(/✗ on call +U0GONE: Slack does not know this person/);
  });

  it.each<readonly [string, string, RegExp]>([
    [
      'hours that no event covers',
      ics([WEEKDAYS.replace('P1D', 'PT12H')]),
      /✗ schedule +primary: nobody is on call in 336 hours .*the route team reaches nobody/,
    ],
    [
      'names that it does not know, where nobody else is on call',
      ics([WEEKDAYS.replace('Ana', 'Eve')]),
      /✗ calendar +primary: the events “On call: Eve” name nobody of `people`, and nobody else is on call then/,
    ],
    [
      'names that it does not know, beside a person',
      ics([WEEKDAYS, WEEKDAYS.replace('On call: Ana', 'Public holiday')]),
      /✓ calendar +primary: the events “Public holiday” name nobody of `people`, and do not count/,
    ],
    ['something else', 'hello', /✗ calendar +primary: it is not an iCalendar file \(RFC 5545\)\./],
  ])('names %s', async (_, calendar, line) => {
    const ran = await doctor(calendar);
    expect(ran.stdout).toMatch(line);
    expect(ran.status).toBe(2);
  });

  it('says that an address does not answer, without it', async () => {
    const { stdout } = await doctor(ics([]), {
      more: `    other: { timeZone: UTC, calendar: { url: { env: FEED }, people: { Ana: U0ANA } } }`,
      env: { FEED: 'https://127.0.0.1:1/private-4711' },
    });
    expect(stdout).toMatch(/✗ calendar +other: its address cannot be reached, or has no valid certificate/);
    expect(stdout).not.toContain('4711');
  });

  it('names the secret of an address that is missing', async () => {
    const { stdout } = await doctor(ics([]), {
      more: `    other: { timeZone: UTC, calendar: { url: { env: FEED }, people: { Ana: U0ANA } } }`,
    });
    expect(stdout).toMatch(/✗ secret +.*FEED is not set.* Needed for the calendar of the schedule other/);
  });

  it('checks the user group of a schedule, and the scope that changes it', async () => {
    const more = '      userGroup: { id: S0ONCALL }';
    expect((await doctor(ics([WEEKDAYS]), { more })).stdout).toMatch(
      /✓ on call +S0ONCALL \(user group of the schedule primary\) has the person on call/,
    );
    slack.revoke('usergroups:write');
    expect((await doctor(ics([WEEKDAYS]), { more })).stdout).toMatch(
      /✗ on call +S0ONCALL .* cannot be changed\. Put `ftm-check manifest`/,
    );
    slack.restore();
    expect((await doctor(ics([WEEKDAYS]), { more: more.replace('S0ONCALL', 'S0GONE') })).stdout).toMatch(
      /✗ on call +S0GONE .*no_such_subteam/,
    );
  });
});
