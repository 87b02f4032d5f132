import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type FtmCheckApp } from '../../src/app/create-app.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { readConfig } from '../../src/platform/config/load-config.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { type Backend, openBackend } from '../../src/platform/queue/open-backend.ts';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { ANA, SUPPORT } from './test-system.ts';

describe.each(['http', 'socket'] as const)('a workspace that installs the app, %s', (mode) => {
  let slack: LocalSlack;
  let app: FtmCheckApp;
  let backend: Backend;
  let address: string;

  beforeAll(async () => {
    slack = await startLocalSlack();
    const read = readConfig({
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_STATE_SECRET: 'a-long-state-secret',
      FTM_CHECK_SEAL_KEY: 'ab'.repeat(32),
      SLACK_ALLOWED_TEAMS: slack.workspace.team,
      ...(mode === 'http'
        ? { SLACK_SIGNING_SECRET: slack.signingSecret }
        : { SLACK_APP_TOKEN: slack.appToken }),
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
    });
    if (!('config' in read)) throw new Error(JSON.stringify(read.problems));
    backend = await openBackend({ log: silentLogger });
    app = createApp({
      config: read.config,
      role: 'all',
      inventory: parseInventory(
        `devices: {}\naccess: [{ channels: ["*"], teams: [${slack.workspace.team}], devices: ["*"] }]`,
        'i.yaml',
        { teams: [slack.workspace.team] },
      ),
      backend,
      logger: silentLogger,
      env: {},
      host: '127.0.0.1',
    });
    const { port } = await app.start();
    address = `http://127.0.0.1:${port}`;
    if (mode === 'http') slack.connect(`${address}/slack/events`);
  });
  afterAll(async () => {
    await app.stop(1000);
    await slack.close();
  });

  async function install(): Promise<void> {
    const begin = await fetch(`${address}/slack/install`, { redirect: 'manual' });
    const cookie = begin.headers.get('set-cookie')?.split(';')[0] ?? '';
    const state = new URL(begin.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const callback = `${address}/slack/oauth_redirect?code=local-code&state=${encodeURIComponent(state)}`;
    expect((await fetch(callback, { headers: { cookie } })).status).toBe(200);
  }

  async function answeredIn(thread: string): Promise<void> {
    const end = Date.now() + 8000;
    for (;;) {
      const [run] = await backend.runs.byThread(SUPPORT, thread, 1);
      if (run?.answeredAt !== undefined) return;
      if (Date.now() > end) throw new Error('no answer');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('is answered with its own token from then on, and not before', async () => {
    await slack.message({ user: ANA, channel: SUPPORT, text: TWO_USERS_LOG });
    expect(slack.calls('chat.postMessage')).toEqual([]);

    await install();
    const { message } = await slack.message({ user: ANA, channel: SUPPORT, text: TWO_USERS_LOG });
    await answeredIn(message.ts);
    const answers = slack.thread(SUPPORT, message.ts).filter(({ bot_id: bot }) => bot !== undefined);
    expect(answers[0]?.text).toContain('marlow');
    expect(slack.calls().filter(({ failure }) => failure !== undefined)).toEqual([]);
  });
});
