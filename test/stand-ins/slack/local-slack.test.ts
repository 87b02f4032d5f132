import { App, LogLevel, webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';

let slack: LocalSlack;
let client: webApi.WebClient;
beforeEach(async () => {
  slack = await startLocalSlack();
  client = clientWith(slack.botToken);
});
afterEach(() => slack.close());

function clientWith(token: string): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}

function post(channel: string, more: Record<string, unknown> = {}, by = client) {
  return by.apiCall('chat.postMessage', { channel, text: 'hello', ...more });
}

describe('Web API', () => {
  it.each([
    ['a channel nobody knows', 'C0NOWHERE', 'channel_not_found'],
    ['an archived channel', 'C0ARCHIVE', 'is_archived'],
    ['a channel the bot is not in', 'C0OUTSIDE', 'not_in_channel'],
  ])('refuses to post to %s', async (_, channel, error) => {
    await expect(post(channel)).rejects.toMatchObject({ data: { error } });
  });

  it.each([
    ['nothing to say', { text: '' }, 'no_text'],
    [
      'too many blocks',
      { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) },
      'invalid_blocks',
    ],
    ['a long section', { blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
    [
      'too much in all',
      { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) },
      'msg_blocks_too_long',
    ],
  ])('refuses %s, and remembers it', async (_, more, error) => {
    await expect(post('C0SUPPORT', more)).rejects.toMatchObject({ data: { error } });
    expect(slack.violations().map(({ code }) => code)).toContain(error);
    expect(slack.messages('C0SUPPORT')).toEqual([]);
  });

  it('knows its tokens and their scopes', async () => {
    await expect(post('C0SUPPORT', {}, clientWith('xoxb-stolen'))).rejects.toMatchObject({
      data: { error: 'invalid_auth' },
    });
    await expect(
      client.reactions.add({ channel: 'C0SUPPORT', timestamp: '1.1', name: 'eyes' }),
    ).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'reactions:write' },
    });
    slack.revoke('chat:write');
    await expect(post('C0SUPPORT')).rejects.toMatchObject({ data: { needed: 'chat:write' } });
    slack.revoke();
    await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } });
  });

  it('shows metadata only to who asks for it, and keeps it over an edit', async () => {
    const metadata = { event_type: 'x', event_payload: { id: '1' } };
    const { ts = '' } = (await post('C0SUPPORT', { metadata })) as { ts?: string };
    await client.chat.update({ channel: 'C0SUPPORT', ts, text: 'edited' });
    const history = (include: boolean) =>
      client.conversations.history({ channel: 'C0SUPPORT', include_all_metadata: include });
    expect((await history(false)).messages?.[0]).not.toHaveProperty('metadata');
    expect((await history(true)).messages?.[0]).toMatchObject({ text: 'edited', metadata });
  });

  it('pages through a channel, newest first, without replies and private messages', async () => {
    const roots: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { message } = await slack.message({ user: 'U0ANA', channel: 'C0SUPPORT', text: `root ${index}` });
      await slack.message({ user: 'U0BEN', channel: 'C0SUPPORT', text: 'reply', thread: message.ts });
      roots.unshift(message.ts);
    }
    await client.chat.postEphemeral({ channel: 'C0SUPPORT', user: 'U0ANA', text: 'psst' });
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.conversations.history({
        channel: 'C0SUPPORT',
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...(page.messages ?? []).map(({ ts }) => ts));
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    expect(seen).toEqual(roots);
  });

  it('fails as told, once each, in order', async () => {
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 30 });
    slack.failNext('chat.postMessage', { dropResponse: true });
    slack.failNext('chat.postMessage', { error: 'fatal_error' });
    await expect(post('C0SUPPORT')).rejects.toMatchObject({ retryAfter: 30 });
    await expect(post('C0SUPPORT')).rejects.toThrow();
    await expect(post('C0SUPPORT')).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    await post('C0SUPPORT');
    expect(slack.messages('C0SUPPORT')).toHaveLength(2);
    expect(slack.calls('chat.postMessage').map(({ failure }) => failure)).toEqual([
      'http_429',
      'dropped',
      'fatal_error',
      undefined,
    ]);
  });

  it('takes files of the SDK, and gives them out for the token only', async () => {
    await client.filesUploadV2({ channel_id: 'C0SUPPORT', filename: 'report.txt', content: 'all of it' });
    const file = slack.messages('C0SUPPORT')[0]?.files?.[0];
    expect(slack.fileContent(file?.id ?? '')).toBe('all of it');
    const url = file?.url_private ?? '';
    const open = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
    expect(await open.text()).toBe('all of it');
    expect(await (await fetch(url)).text()).toContain('<title>Slack');
  });
});

describe('people', () => {
  async function startApp(): Promise<App> {
    const app = new App({
      socketMode: true,
      appToken: slack.appToken,
      token: slack.botToken,
      clientOptions: { slackApiUrl: slack.apiUrl },
      logLevel: LogLevel.ERROR,
    });
    await app.start();
    return app;
  }

  it('are heard by an app that was not written here, with retries marked', async () => {
    const app = await startApp();
    const heard: unknown[] = [];
    app.event('message', async ({ event, context }) => {
      heard.push({ text: 'text' in event && event.text, retry: context.retryNum });
    });
    const said = await slack.message({ user: 'U0ANA', channel: 'C0SUPPORT', text: 'a < b & c' });
    const [delivery] = said.deliveries;
    if (delivery) await slack.redeliver(delivery);
    expect(heard).toEqual([
      { text: 'a &lt; b &amp; c', retry: undefined },
      { text: 'a &lt; b &amp; c', retry: 1 },
    ]);
    expect(await slack.message({ user: 'U0ANA', channel: 'C0OUTSIDE', text: 'x' })).toMatchObject({
      deliveries: [],
    });
    await app.stop();
  });

  it('press buttons, use commands, and see what they are answered', async () => {
    const app = await startApp();
    app.command('/hello', async ({ ack, respond }) => {
      await ack('acknowledged');
      await respond('answered');
    });
    app.action('again', async ({ ack, respond, body }) => {
      await ack();
      await respond({ text: `pressed by ${body.user.id}`, response_type: 'in_channel' });
    });
    await slack.slash({ command: '/hello', text: '', user: 'U0ANA', channel: 'C0SUPPORT' });
    await slack.until(() => slack.ephemeral('C0SUPPORT', 'U0ANA').length === 2);
    expect(
      slack
        .ephemeral('C0SUPPORT', 'U0ANA')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['acknowledged', 'answered']);
    expect(slack.ephemeral('C0SUPPORT', 'U0BEN')).toEqual([]);

    const { ts = '' } = (await post('C0SUPPORT')) as { ts?: string };
    const action = { type: 'button', action_id: 'again', block_id: 'b', value: 'v' };
    await slack.action({ user: 'U0BEN', channel: 'C0SUPPORT', ts, action });
    await slack.until(() => slack.messages('C0SUPPORT').some(({ text }) => text === 'pressed by U0BEN'));
    await app.stop();
  });

  it('may be answered five times by one response address', async () => {
    const app = await startApp();
    let url = '';
    app.command('/hello', async ({ ack, command }) => {
      await ack();
      url = command.response_url;
    });
    await slack.slash({ command: '/hello', text: '', user: 'U0ANA', channel: 'C0SUPPORT' });
    const statuses: number[] = [];
    for (let use = 0; use < 6; use += 1) {
      statuses.push((await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    await app.stop();
  });
});

function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}
