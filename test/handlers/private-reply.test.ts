import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PrivateReply, replyBesideMessage } from '../../handlers/shared/private-reply.ts';
import { boltLogger } from '../../src/bot/slack/logger.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';

const PLACE = { channel: 'C0SUPPORT', user: 'U0ANA' };

let slack: LocalSlack;
let reply: PrivateReply;
beforeEach(async () => {
  slack = await startLocalSlack();
  const client = new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: boltLogger(silentLogger),
  });
  reply = replyBesideMessage(client, PLACE, silentLogger);
});
afterEach(() => slack.close());

it('is tried again while Slack is away', async () => {
  slack.failNext('chat.postEphemeral', { status: 503 });
  await reply('Nothing was started.');
  expect(slack.ephemeral(PLACE.channel, PLACE.user).map(({ text }) => text)).toEqual([
    'Nothing was started.',
  ]);
});

it('goes by direct message where Slack does not let us speak, and is not repeated when that is refused too', async () => {
  slack.failNext('chat.postEphemeral', { error: 'user_not_in_channel' }, 2);
  await reply('first');
  slack.failNext('chat.postMessage', { error: 'messages_tab_disabled' });
  await reply('second');
  const direct = slack.messages(slack.workspace.directMessage(PLACE.user).id);
  expect(direct.map(({ text }) => text)).toEqual(['first']);
  expect(slack.calls('chat.postEphemeral')).toHaveLength(2);
});
