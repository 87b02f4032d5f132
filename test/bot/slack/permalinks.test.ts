import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createPermalinks } from '../../../src/bot/slack/permalinks.ts';
import { createDeliveryClient } from '../../../src/bot/slack/web-client.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';

const CHANNEL = 'C0SUPPORT';

let slack: LocalSlack;
let link: ReturnType<typeof createPermalinks>;
beforeEach(async () => {
  slack = await startLocalSlack();
  const client: webApi.WebClient = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  link = createPermalinks(() => client);
});
afterEach(() => slack.close());

it('opens the thread of a reply, and asks Slack once', async () => {
  const root = slack.workspace.add({ channel: CHANNEL, user: 'U0ANA', text: 'root' });
  const reply = slack.workspace.add({ channel: CHANNEL, user: 'U0ANA', text: 'reply', thread_ts: root.ts });
  const message = { channel: CHANNEL, ts: reply.ts, thread: root.ts };
  const expected = `https://local.slack.example/archives/${CHANNEL}/p${reply.ts.replace('.', '')}?thread_ts=${root.ts}&cid=${CHANNEL}`;
  expect(await link(message)).toBe(expected);
  expect(await link(message)).toBe(expected);
  expect(slack.calls('chat.getPermalink')).toHaveLength(1);
});

it.each([
  ['refuses', { error: 'message_not_found' }],
  ['limits the rate', { status: 429, retryAfter: 30 }],
  ['is away', { status: 503 }],
])('makes the link from the ids where Slack %s, and asks again later', async (_, fault) => {
  const root = slack.workspace.add({ channel: CHANNEL, user: 'U0ANA', text: 'root' });
  const message = { channel: CHANNEL, ts: root.ts, thread: '1.5' };
  slack.failNext('chat.getPermalink', fault);
  expect(await link(message)).toBe(
    `https://slack.com/archives/${CHANNEL}/p${root.ts.replace('.', '')}?thread_ts=1.5&cid=${CHANNEL}`,
  );
  expect(await link(message)).toContain('https://local.slack.example/');
});
