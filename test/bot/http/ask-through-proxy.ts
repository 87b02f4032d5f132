import { webApi } from '@slack/bolt';
import { useProxy } from '../../../src/bot/http/use-proxy.ts';
import { fetchFile } from '../../../src/bot/intake/fetch-file.ts';
import { webClientOptions } from '../../../src/bot/slack/web-client.ts';
import { createCalendarReader } from '../../../src/oncall/calendar/read-calendar.ts';
import { createGetJson, createSendJson } from '../../../src/oncall/routes/send-json.ts';
import { proxySettings } from '../../../src/platform/config/proxy.ts';
import { createLogger } from '../../../src/platform/observe/create-logger.ts';

/**
 * A process of its own, because a proxy is set for a whole process: asks everything that ftm-check asks over HTTP through
 * one proxy (an address each) after the other, prints what came of it, logs each error, and ends by itself.
 */
const TIMEOUT_MS = 1_000;
const log = createLogger({ level: 'debug' });
const bolt = {
  debug: log.debug.bind(log),
  info: log.info.bind(log),
  warn: log.warn.bind(log),
  error: (...all: readonly unknown[]) => log.error({ all }, 'slack'),
  setLevel() {},
  getLevel: () => webApi.LogLevel.DEBUG,
  setName() {},
};
const slackApiUrl = 'https://slack.test/api/';
const waits = { timeoutMs: TIMEOUT_MS, now: Date.now };
const get = createGetJson(waits);
const send = createSendJson(waits);
const readCalendar = createCalendarReader({ timeoutMs: TIMEOUT_MS, readSecret: async () => '' });
const headers = { authorization: 'GenieKey key-of-the-pager-4711' };
const provider = 'The pager';
const client = new webApi.WebClient('xoxb-1-token-of-the-bot', {
  ...webClientOptions({ logger: bolt, slackApiUrl }),
  timeout: TIMEOUT_MS,
  retryConfig: { retries: 0 },
});

const asked = {
  page: () => send({ url: 'https://pager.test/v2', body: { a: 1 }, headers, provider }),
  'page by http': () => send({ url: 'http://pager.test/v2', body: { a: 1 }, headers, provider }),
  silences: () => get({ url: 'http://alertmanager.test/api', headers, provider }),
  calendar: () =>
    readCalendar({ url: 'https://calendar.test/a.ics' }, { timeZone: 'UTC', from: 0, until: 86_400_000 }),
  file: () =>
    fetchFile(
      { name: 'a.log', url_private_download: 'https://files.slack.com/a.log' },
      {
        token: 'xoxb-1-token-of-the-bot',
        slackApiUrl,
        budget: {
          reserve: async () => {},
          left: () => 20_000_000,
          take() {},
          downloads: AbortSignal.timeout(TIMEOUT_MS),
          [Symbol.dispose]() {},
        },
      },
    ),
  'web api': () => client.auth.test().catch((error: unknown) => ({ kind: 'failed', reason: String(error) })),
  // What the answers of the others leave out.
  error: async () => {
    const request = fetch('http://pager.test/raw', { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await request
      .then((response) => response.body?.cancel())
      .catch((err: unknown) => log.error({ err }, 'raw'));
    return { kind: 'logged' };
  },
};
const results: Record<string, unknown>[] = [];
for (const address of process.argv.slice(2)) {
  const settings = proxySettings({ HTTPS_PROXY: address, HTTP_PROXY: address });
  if (settings === undefined || 'variable' in settings) throw new Error('no proxy');
  useProxy(settings, TIMEOUT_MS);
  const answers = Object.entries(asked).map(async ([name, ask]) => [name, await ask()] as const);
  results.push(Object.fromEntries(await Promise.all(answers)));
}
process.stdout.write(JSON.stringify({ results }));
