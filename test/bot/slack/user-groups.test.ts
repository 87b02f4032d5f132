import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createUserGroups } from '../../../src/bot/slack/user-groups.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';

const MINUTE = 60_000;

let slack: LocalSlack;
let now: number;
let groupsOf: ReturnType<typeof createUserGroups>;

beforeEach(async () => {
  slack = await startLocalSlack({ userGroups: { SNET: ['UANA'], SDUTY: ['UANA', 'UBEN'] } });
  now = 1_800_000_000_000;
  const client = new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: boltLogger(silentLogger),
  });
  groupsOf = createUserGroups({
    client: () => client,
    groups: () => ['SNET', 'SDUTY'],
    logger: silentLogger,
    now: () => now,
  });
});
afterEach(() => slack.close());

const asked = () => slack.calls('usergroups.users.list').length;

describe('user groups', () => {
  it.each([
    ['UANA', ['SNET', 'SDUTY']],
    ['UBEN', ['SDUTY']],
    ['UEVE', []],
  ])('knows the groups of %s', async (user, expected) => {
    expect(await groupsOf({ user })).toEqual(expected);
  });

  it('asks Slack once for everybody, and again after five minutes', async () => {
    await Promise.all([groupsOf({ user: 'UANA' }), groupsOf({ user: 'UBEN' })]);
    await groupsOf({ user: 'UEVE' });
    expect(asked()).toBe(2);
    now += 5 * MINUTE;
    await groupsOf({ user: 'UANA' });
    expect(asked()).toBe(4);
  });

  it('lets nobody in whom Slack does not confirm', async () => {
    slack.revoke('usergroups:read');
    expect(await groupsOf({ user: 'UANA' })).toEqual([]);
  });

  it('believes the last members for an hour while Slack is away, and not longer', async () => {
    await groupsOf({ user: 'UANA' });
    slack.revoke();
    now += 5 * MINUTE;
    expect(await groupsOf({ user: 'UANA' })).toEqual(['SNET', 'SDUTY']);
    const before = asked();
    await groupsOf({ user: 'UANA' });
    expect(asked()).toBe(before);
    now += 56 * MINUTE;
    expect(await groupsOf({ user: 'UANA' })).toEqual([]);
  });
});
