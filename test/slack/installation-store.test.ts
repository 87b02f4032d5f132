import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/local-slack.ts';
import { silentLogger } from '../../src/observe/logger.ts';
import { createMemoryRecords } from '../../src/runs/memory-records.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/create-slack-app.ts';
import { createInstallationStore, type Installations } from '../../src/slack/installation-store.ts';

type Stored = Parameters<Installations['storeInstallation']>[0];

const installationOf = (team: string, token: string, enterprise?: string): Stored => ({
  team: { id: team },
  enterprise: enterprise === undefined ? undefined : { id: enterprise },
  user: { id: 'UANA', token: undefined, scopes: undefined },
  bot: { id: `B${team}`, userId: `U${team}`, token, scopes: ['chat:write'] },
  isEnterpriseInstall: false,
});

const key = randomBytes(32);
const texts = () => createMemoryRecords();
const storeOn = (records = texts(), sealed = key): Installations =>
  createInstallationStore({ texts: records, key: sealed, logger: silentLogger });

describe('an installation store', () => {
  it('keeps the workspaces apart, and forgets who removed the app', async () => {
    const store = storeOn();
    await store.storeInstallation(installationOf('T1', 'xoxb-one'));
    await store.storeInstallation(installationOf('T2', 'xoxb-two'));
    await store.storeInstallation(installationOf('T1', 'xoxb-one-again'));
    expect(await store.find({ team: 'T1' })).toMatchObject({ botToken: 'xoxb-one-again', teamId: 'T1' });
    expect(await store.find({ team: 'T2' })).toMatchObject({ botToken: 'xoxb-two', botUserId: 'UT2' });
    expect(await store.find({ team: 'T3' })).toBeUndefined();
    await store.deleteInstallation?.({ teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false });
    expect(await store.find({ team: 'T1' })).toBeUndefined();
    expect(await store.find({ team: 'T2' })).toBeDefined();
  });

  it('falls back to the installation of the whole organisation', async () => {
    const store = storeOn();
    await store.storeInstallation({ ...installationOf('-', 'xoxb-org', 'E1'), team: undefined });
    expect(await store.find({ team: 'T9', enterprise: 'E1' })).toMatchObject({ botToken: 'xoxb-org' });
    expect(await store.find({ team: 'T9' })).toBeUndefined();
  });

  it('gives no token away to who reads the store, has another key, or swaps two workspaces', async () => {
    const records = texts();
    const store = storeOn(records);
    await store.storeInstallation(installationOf('T1', 'xoxb-one'));
    await store.storeInstallation(installationOf('T2', 'xoxb-two'));
    const one = await records.get('slack-installation:T1');
    const two = await records.get('slack-installation:T2');
    expect(`${one?.text}${two?.text}`).not.toContain('xoxb');
    expect(await storeOn(records, randomBytes(32)).find({ team: 'T1' })).toBeUndefined();
    await records.put('slack-installation:T1', two?.text ?? '', one?.version ?? 0, 60_000);
    expect(await store.find({ team: 'T1' })).toBeUndefined();
  });
});

describe('installing in a workspace', () => {
  let slack: LocalSlack;
  let app: SlackApp;
  let store: Installations;
  let address: string;

  beforeEach(async () => {
    slack = await startLocalSlack();
    store = storeOn();
    app = createSlackApp({
      mode: 'http',
      signingSecret: slack.signingSecret,
      slackApiUrl: slack.apiUrl,
      logger: silentLogger,
      port: 0,
      host: '127.0.0.1',
      installations: store,
      install: { clientId: '1.2', clientSecret: 'client-secret', stateSecret: 'state-secret' },
    });
    app.app.event('app_mention', async ({ client, event }) => {
      await client.apiCall('chat.postMessage', { channel: event.channel, text: 'here' });
    });
    const { port } = await app.start();
    address = `http://127.0.0.1:${port}`;
    slack.connect(`${address}/slack/events`);
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  it('stores its token after OAuth, answers there with it, and stops when the app is removed', async () => {
    await slack.mention({ user: 'U0ANA', channel: 'C0SUPPORT', text: 'hello' });
    expect(slack.calls('chat.postMessage')).toEqual([]);

    const begin = await fetch(`${address}/slack/install`, { redirect: 'manual' });
    const cookie = begin.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = new URL(begin.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const callback = `${address}/slack/oauth_redirect?code=local-code&state=${encodeURIComponent(state)}`;
    const forged = await fetch(callback);
    expect(forged.status).not.toBe(200);
    expect(await store.find({ team: slack.workspace.team })).toBeUndefined();
    const done = await fetch(callback, { headers: { cookie } });
    expect(done.status).toBe(200);
    expect(await store.find({ team: slack.workspace.team })).toMatchObject({ botToken: slack.botToken });

    await slack.mention({ user: 'U0ANA', channel: 'C0SUPPORT', text: 'hello' });
    await slack.until(() => slack.calls('chat.postMessage').length === 1);
    await slack.event({ type: 'app_uninstalled' });
    expect(await store.find({ team: slack.workspace.team })).toBeUndefined();
  });
});
