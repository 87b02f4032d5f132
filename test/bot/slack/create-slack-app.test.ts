import { describe, expect, it } from 'vitest';
import type { RecordPendingAck } from '../../../src/bot/slack/acknowledge.ts';
import { createSlackApp } from '../../../src/bot/slack/create-slack-app.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { signedHeaders } from '../../../src/stand-ins/slack/signature.ts';
import { until } from '../../support/until.ts';
import { type HttpApp, startHttpApp } from './http-app.ts';

describe('HTTP mode', () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
  const now = (): number => Math.floor(Date.now() / 1000);

  it.each([
    ['right signature', (secret: string) => signedHeaders(body, secret, now()), 200],
    ['wrong secret', () => signedHeaders(body, 'another-secret', now()), 401],
    ['signature of another body', (secret: string) => signedHeaders(`${body} `, secret, now()), 401],
    ['six minutes old', (secret: string) => signedHeaders(body, secret, now() - 360), 401],
    ['no signature', () => ({}), 401],
  ])('%s', async (_, headersFor, status) => {
    await using http = await startHttpApp();
    const headers = { 'content-type': 'application/json', ...headersFor(http.slack.signingSecret) };
    const response = await fetch(eventsUrl(http), { method: 'POST', headers, body });
    expect(response.status).toBe(status);
  });

  it('serves routes of the application on the same port', async () => {
    await using http = await startHttpApp({
      customRoutes: [{ path: '/healthz', method: 'GET', handler: (_, response) => response.end('ok') }],
    });
    const response = await fetch(`http://127.0.0.1:${http.port}/healthz`);
    expect(await response.text()).toBe('ok');
    // A proxy that keeps connections for a minute must not find one that is just being closed.
    expect(response.headers.get('keep-alive')).toBe('timeout=75');
  });

  it('starts while Slack is away, and takes events once it is back', async () => {
    await using http = await startHttpApp();
    const { slack, app } = http;
    slack.connect(eventsUrl(http));
    slack.failNext('auth.test', { status: 503 }, 3);
    const heard: string[] = [];
    app.app.event('message', async ({ event }) => {
      heard.push(event.ts);
      slack.workspace.changed();
    });
    const say = () => slack.message({ user: 'U0ANA', channel: 'C0SUPPORT', text: 'hello' });
    await say();
    const { message } = await say();
    await slack.until(() => heard.includes(message.ts));
  });
});

const eventsUrl = ({ port }: HttpApp) => `http://127.0.0.1:${port}/slack/events`;

describe('an acknowledgement', () => {
  const ask = ({ slack }: HttpApp) =>
    slack.slash({ command: '/ftm-check', text: 'fgt-hq', user: 'U0ANA', channel: 'C0SUPPORT' });

  type Say = (words: string) => Promise<void>;

  async function startWith(
    work: (say: Say) => Promise<void>,
    recordPendingAck?: RecordPendingAck,
  ): Promise<HttpApp> {
    const http = await startHttpApp({ recordPendingAck });
    http.slack.connect(eventsUrl(http));
    http.app.app.command('/ftm-check', async ({ ack }) => {
      await ack();
      await work((words) => ack(words));
    });
    return http;
  }

  it('waits for the work', async () => {
    let isDone = false;
    await using http = await startWith(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      isDone = true;
    });
    expect(await ask(http)).toMatchObject({ status: 200 });
    expect(isDone).toBe(true);
  });

  it('does not wait longer than Slack does where it is written down who waits, until they waited', async () => {
    const work = Promise.withResolvers<void>();
    const owed: string[] = [];
    await using http = await startWith(
      () => work.promise,
      async ({ text }) => {
        owed.push(String(text));
        return async () => void owed.pop();
      },
    );
    expect(await ask(http)).toMatchObject({ status: 200 });
    expect(owed).toEqual(['fgt-hq']);
    work.resolve();
    await until(() => owed.length === 0, 'nothing is owed any more');
  });

  it('may bring words, and brings them once', async () => {
    await using http = await startWith((say) => say('No.'));
    expect(await ask(http)).toMatchObject({ status: 200, ack: 'No.' });
    expect(http.slack.ephemeral('C0SUPPORT', 'U0ANA').map(({ text }) => text)).toEqual(['No.']);
  });

  it('does not pretend to bring words that come too late', async () => {
    const said = Promise.withResolvers<string>();
    await using http = await startWith(
      async (say) => {
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        await say('No.').then(
          () => said.resolve('said'),
          () => said.resolve('to be said otherwise'),
        );
      },
      async () => async () => {},
    );
    expect(await ask(http)).toMatchObject({ status: 200, ack: undefined });
    expect(await said.promise).toBe('to be said otherwise');
  });

  // These wait together for the three seconds after which Slack gives up.
  it.concurrent.each<[string, RecordPendingAck | undefined]>([
    ['it cannot be written down', () => Promise.reject(new Error('Redis is away'))],
    ['writing it down takes too long', () => new Promise(() => {})],
    ['nobody writes it down', undefined],
  ])('is not given where it takes long and %s: Slack says that it failed', async (_, recordPendingAck) => {
    const work = Promise.withResolvers<void>();
    await using http = await startWith(() => work.promise, recordPendingAck);
    expect((await ask(http)).status).not.toBe(200);
    work.resolve();
  });

  it.concurrent('is not given for an event that takes long: Slack delivers it again', async () => {
    const work = Promise.withResolvers<void>();
    await using http = await startWith(async () => {});
    const { slack, app } = http;
    let heard = 0;
    app.app.event('message', async () => {
      heard += 1;
      if (heard === 1) await work.promise;
    });
    const { deliveries } = await slack.message({ user: 'U0ANA', channel: 'C0SUPPORT', text: 'a log' });
    expect(deliveries.map(({ status }) => status)).not.toContain(200);
    const [first] = deliveries;
    expect(first && (await slack.redeliver(first))).toMatchObject({ status: 200 });
    work.resolve();
  });

  it('is given for work that failed', async () => {
    await using http = await startWith(() => Promise.reject(new Error('a mistake')));
    expect(await ask(http)).toMatchObject({ status: 200 });
  });

  it('is not given for a request that no listener saw because Slack was away', async () => {
    const heard: number[] = [];
    await using http = await startWith(async () => void heard.push(1));
    http.slack.failNext('auth.test', { status: 503 }, 3);
    expect(await ask(http)).toMatchObject({ status: 500 });
    expect(heard).toEqual([]);
    expect(await ask(http)).toMatchObject({ status: 200 });
    expect(heard).toEqual([1]);
  });

  it('is what stopping waits for', async () => {
    let isDone = false;
    const started = Promise.withResolvers<void>();
    await using http = await startWith(async () => {
      started.resolve();
      await new Promise((resolve) => setTimeout(resolve, 200));
      isDone = true;
    });
    const asked = ask(http);
    await started.promise;
    await http.app.stop();
    expect(isDone).toBe(true);
    expect(await asked).toMatchObject({ status: 200 });
  });
});

describe('Socket Mode', () => {
  function createSocketApp(slack: LocalSlack) {
    const app = createSlackApp({
      mode: 'socket',
      appToken: slack.appToken,
      botToken: slack.botToken,
      slackApiUrl: slack.apiUrl,
      logger: silentLogger,
    });
    const stop = async () => {
      await app.stop();
      await slack.close();
    };
    return { start: () => app.start(), stop, [Symbol.asyncDispose]: stop };
  }

  it('comes back when Slack hangs up, although the Web API fails at first', async () => {
    const slack = await startLocalSlack();
    await using app = createSocketApp(slack);
    await app.start();
    expect(slack.openSockets()).toBe(1);
    slack.failNext('apps.connections.open', { status: 502 });
    slack.disconnectSockets();
    await slack.until(() => slack.openSockets() === 0);
    await slack.until(() => slack.openSockets() === 1, 15_000);
  });

  it('can be stopped without having been started', async () => {
    await expect(createSocketApp(await startLocalSlack()).stop()).resolves.toBeUndefined();
  });
});
