import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackApp, type SlackApp } from '../../../src/bot/slack/create-slack-app.ts';
import { createWorkspaces, type Workspaces } from '../../../src/bot/slack/workspaces.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { sampleOf } from '../../support/amount.ts';

const HALF_A_DAY_S = 12 * 3600;

describe.each(sampleOf(['http', 'socket'] as const, 2, 0))('installing in a workspace, %s', (mode) => {
  let slack: LocalSlack;
  let allowed: string[];
  let app: SlackApp;
  let workspaces: Workspaces;
  let address: string;

  /** Another process on the same store has workspaces of its own. */
  function openWorkspaces(
    texts: ReturnType<typeof createMemoryRecords>,
    teams: readonly string[] = [slack.workspace.team],
  ): Workspaces {
    return createWorkspaces({
      install: {
        clientId: '1.2',
        clientSecret: 'client-secret',
        stateSecret: 'state-secret',
        sealKey: 'ab'.repeat(32),
        teams,
      },
      texts,
      logger: silentLogger,
      slackApiUrl: slack.apiUrl,
    });
  }

  let texts: ReturnType<typeof createMemoryRecords>;
  beforeEach(async () => {
    slack = await startLocalSlack();
    texts = createMemoryRecords();
    allowed = [slack.workspace.team];
    workspaces = openWorkspaces(texts, allowed);
    const common = {
      ...workspaces.identity,
      slackApiUrl: slack.apiUrl,
      logger: silentLogger,
      port: 0,
      host: '127.0.0.1',
    };
    app = createSlackApp(
      mode === 'http'
        ? { ...common, mode, signingSecret: slack.signingSecret }
        : { ...common, mode, appToken: slack.appToken },
    );
    app.app.event('app_mention', async ({ client, event }) => {
      await client.apiCall('chat.postMessage', { channel: event.channel, text: 'here' });
    });
    const { port } = await app.start();
    address = `http://127.0.0.1:${port}`;
    if (mode === 'http') slack.connect(`${address}/slack/events`);
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  async function installIn(cookies = true): Promise<number> {
    const begin = await fetch(`${address}/slack/install`, { redirect: 'manual' });
    const cookie = begin.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = new URL(begin.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const callback = `${address}/slack/oauth_redirect?code=local-code&state=${encodeURIComponent(state)}`;
    return (await fetch(callback, { headers: cookies ? { cookie } : {} })).status;
  }

  const mention = () => slack.mention({ user: 'U0ANA', channel: 'C0SUPPORT', text: 'hello' });
  const answers = () => slack.calls('chat.postMessage').filter(({ failure }) => failure === undefined);

  async function isAnswered(): Promise<boolean> {
    const before = slack.calls('chat.postMessage').length;
    const { deliveries } = await mention();
    if (deliveries.every(({ status }) => status !== 200)) return false;
    await slack.until(() => slack.calls('chat.postMessage').length > before);
    return slack.calls('chat.postMessage').at(-1)?.failure === undefined;
  }

  it('keeps its token after OAuth, and answers there with it', async () => {
    expect(await isAnswered()).toBe(false);
    expect(await installIn(false)).not.toBe(200);
    expect(await isAnswered()).toBe(false);
    expect(await installIn()).toBe(200);
    expect(await isAnswered()).toBe(true);
  });

  it('refuses a workspace that is not allowed, and keeps nothing of it', async () => {
    allowed[0] = 'T0OTHER';
    const keys: string[] = [];
    const put = texts.put.bind(texts);
    texts.put = async (key, ...rest) => {
      keys.push(key);
      return await put(key, ...rest);
    };
    expect(await installIn()).not.toBe(200);
    expect(keys).toEqual([]);
    expect(await isAnswered()).toBe(false);
  });

  it('leaves a workspace that is not allowed any more', async () => {
    await installIn();
    expect(await isAnswered()).toBe(true);
    allowed[0] = 'T0OTHER';
    expect(await isAnswered()).toBe(false);
  });

  it.each([
    ['removed', { type: 'app_uninstalled' }],
    ['its token is revoked', { type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0FTMBOT'] } }],
  ])('stops when the app is %s, and starts again with the next installation', async (_, event) => {
    await installIn();
    const told = await slack.event(event);
    expect(told.status).toBe(200);
    expect(await isAnswered()).toBe(false);
    await installIn();
    expect(await isAnswered()).toBe(true);
  });

  it('goes on when only the token of a person is revoked', async () => {
    await installIn();
    await slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U0ANA'], bot: [] } });
    expect(await isAnswered()).toBe(true);
  });

  it('renews a token that ends soon, once for all processes', async () => {
    slack.tokens.rotate(60);
    await installIn();
    slack.tokens.rotate(HALF_A_DAY_S);
    const others = [openWorkspaces(texts), openWorkspaces(texts)];
    const { team } = slack.workspace;
    await Promise.all([
      isAnswered(),
      ...others.map((each) =>
        each.client(team).apiCall('chat.postMessage', { channel: 'C0SUPPORT', text: 'worker' }),
      ),
    ]);
    const renewals = () =>
      slack.calls('oauth.v2.access').filter(({ args }) => args.grant_type === 'refresh_token');
    expect(renewals()).toHaveLength(1);
    expect(answers()).toHaveLength(3);
    expect(await isAnswered()).toBe(true);
    expect(renewals()).toHaveLength(1);
  });

  it('renews a token that has ended, and says so to Slack where it cannot', async () => {
    slack.tokens.rotate(0);
    await installIn();
    slack.tokens.expire();
    slack.tokens.rotate(0);
    expect(await isAnswered()).toBe(true);
    slack.tokens.expire();
    slack.failNext('oauth.v2.access', { error: 'invalid_refresh_token' });
    expect(await isAnswered()).toBe(false);
  });
});

it('does not end the process where the port for installing is taken, but rejects', async () => {
  const slack = await startLocalSlack();
  const open = () =>
    createSlackApp({
      mode: 'socket',
      appToken: slack.appToken,
      botToken: slack.botToken,
      slackApiUrl: slack.apiUrl,
      logger: silentLogger,
      port: Number(new URL(slack.apiUrl).port),
      host: '127.0.0.1',
      customRoutes: [{ path: '/healthz', method: 'GET', handler: (_, response) => void response.end('ok') }],
    });
  await expect(open().start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await slack.close();
});
