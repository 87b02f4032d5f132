import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHookRoutes } from '../../src/oncall/hooks/hook-routes.ts';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import type { KnownAlert } from '../../src/oncall/intake/alert-index.ts';
import { createFindSilence } from '../../src/oncall/intake/alertmanager-silences.ts';
import { createAlertmanagerRoute } from '../../src/oncall/routes/alertmanager.ts';
import type { PagerMessage, PagerRoute } from '../../src/oncall/routes/pager-route.ts';
import { createGetJson, createSendJson } from '../../src/oncall/routes/send-json.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';
import { freePort } from '../../src/stand-ins/redis/throw-away-server.ts';
import { until } from '../support/until.ts';

const BINARY = 'prometheus-alertmanager';
const TOKEN = 'am-token';

const isHere = await promisify(execFile)(BINARY, ['--version']).then(
  () => true,
  () => false,
);
if (!isHere) {
  if (process.env.CI === 'true') throw new Error(`These tests need ${BINARY} on PATH.`);
  process.stderr.write(`\n*** SKIPPED: tests against a real Alertmanager need ${BINARY} on PATH. ***\n\n`);
}

const PAGE: PagerMessage = {
  key: 'ftm-check/fgt-branch-07/push-disabled',
  escalationId: 'esc-1',
  summary: 'fgt-branch-07: no push is sent',
  details: 'Push is disabled.',
  severity: 'high',
  device: 'fgt-branch-07',
  cause: 'push-disabled',
  link: 'https://slack.com/archives/C0SUPPORT/p1',
  thread: { channel: 'C0SUPPORT', ts: '1.1' },
  openedAt: Date.now(),
};

interface AmAlert {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly endsAt: string;
}

describe.skipIf(!isHere)('a real Alertmanager', () => {
  const started: IncomingAlert[] = [];
  const over: IncomingAlert[] = [];
  /** What was answered to each delivery, in order. */
  const answers: { readonly results: readonly { readonly kind: string; readonly reason?: string }[] }[] = [];
  let statuses: number[] = [];
  let url: string;
  let folder: string;
  let alertmanager: ChildProcess;
  let route: PagerRoute;
  const hooks = createServer();

  beforeAll(async () => {
    const [hook] = createHookRoutes({
      settings: () => ({ channels: [], names: {}, alertmanager: { token: { env: 'AM' }, pages: 'never' } }),
      readSecret: async () => TOKEN,
      async takeAlert(alert) {
        started.push(alert);
        return { kind: 'started', alias: 'fgt-branch-08', runId: 'r' };
      },
      async takeEndedAlert(alert) {
        over.push(alert);
        return { kind: 'started', alias: 'fgt-branch-08', runId: 'r-over' };
      },
      mayTell: () => true,
      receiveEvent: async () => undefined,
      records: createMemoryRecords(),
      logger: silentLogger,
      now: Date.now,
    });
    hooks.on('request', (request, response) => {
      const end = response.end.bind(response);
      response.end = ((text: string) => {
        statuses.push(response.statusCode);
        answers.push(JSON.parse(text) as (typeof answers)[number]);
        return end(text);
      }) as typeof response.end;
      hook?.handler(request, response);
    });
    await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve));
    const hookPort = (hooks.address() as AddressInfo).port;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    folder = await mkdtemp(join(tmpdir(), 'ftm-alertmanager-'));
    await writeFile(join(folder, 'config.yml'), configuration(hookPort));
    alertmanager = spawn(BINARY, [
      `--config.file=${join(folder, 'config.yml')}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ]);
    await until(
      async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok === true,
      'it is ready',
    );
    route = createAlertmanagerRoute({
      name: 'am',
      url,
      labels: { team: 'vpn' },
      send: createSendJson({ now: Date.now }),
      now: Date.now,
    });
  });

  afterAll(async () => {
    alertmanager?.kill('SIGKILL');
    hooks.closeAllConnections();
    await new Promise((resolve) => hooks.close(resolve));
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  async function alerts(): Promise<readonly AmAlert[]> {
    const response = await fetch(`${url}/api/v2/alerts?active=true`);
    return (await response.json()) as readonly AmAlert[];
  }

  it('takes a page once, however often it is told, and shows notes', async () => {
    expect(await route.trigger(PAGE)).toEqual({ kind: 'accepted' });
    expect(await route.trigger(PAGE)).toEqual({ kind: 'accepted' });
    expect(await route.note(PAGE, 'seen again')).toEqual({ kind: 'accepted' });
    await until(
      async () => (await alerts())[0]?.annotations.description?.includes('seen again') === true,
      'the note',
    );
    const all = await alerts();
    expect(all).toHaveLength(1);
    expect(all[0]?.labels).toMatchObject({ device: 'fgt-branch-07', severity: 'high', team: 'vpn' });
  });

  it('sends it back, and that starts no check', async () => {
    await until(() => answers.length > 0, 'the delivery came back');
    expect(statuses).toEqual(answers.map(() => 200));
    expect(answers[0]?.results).toEqual([{ kind: 'ignored', reason: 'it was sent by ftm-check' }]);
    expect(started).toEqual([]);
  });

  it('groups alerts of others, and their devices are checked', async () => {
    statuses = [];
    await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        ['fgt-branch-08', 'fgt-branch-09'].map((device) => ({
          labels: { alertname: 'VpnLoginsFail', team: 'vpn', device },
          annotations: { summary: `logins fail on ${device}` },
        })),
      ),
    });
    await until(() => started.length >= 2, 'both alerts came');
    expect(new Set(started.map(({ names }) => names[0]))).toEqual(
      new Set(['fgt-branch-08', 'fgt-branch-09']),
    );
    expect(statuses).toEqual([200]);
  });

  it('says when an alert is over, with the id with which it began', async () => {
    const startsAt = new Date(Date.now() - 60_000).toISOString();
    const tell = (endsAt?: string) =>
      fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([
          { labels: { alertname: 'VpnLoginsFail', device: 'fgt-branch-10' }, startsAt, endsAt },
        ]),
      });
    const isAbout = ({ names }: IncomingAlert) => names[0] === 'fgt-branch-10';
    await tell();
    await until(() => started.some(isAbout), 'it began');
    await tell(new Date().toISOString());
    await until(() => over.some(isAbout), 'it is over');
    expect(over.find(isAbout)?.id).toBe(started.find(isAbout)?.id);
  });

  it('has silences, which are found by the alert of the check, and by the device of a check without one', async () => {
    const find = createFindSilence({
      settings: {
        channels: [],
        labels: ['nodename'],
        names: { 'fw7.example': 'fgt-branch-07' },
        alertmanager: { token: { env: 'AM' }, pages: 'never', api: { url } },
      },
      readSecret: async () => TOKEN,
      get: createGetJson({ now: Date.now }),
      logger: silentLogger,
    });
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const silence = (matchers: readonly object[]) =>
      fetch(`${url}/api/v2/silences`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          matchers,
          startsAt: new Date().toISOString(),
          endsAt,
          createdBy: 'ana',
          comment: 'test',
        }),
      });
    const is = (name: string, value: string, isRegex = false) => ({ name, value, isRegex, isEqual: true });
    const known = (alert: IncomingAlert | undefined): KnownAlert[] =>
      alert === undefined ? [] : [{ alert }];
    const alert = started.find(({ names }) => names[0] === 'fgt-branch-08');
    const other = started.find(({ names }) => names[0] === 'fgt-branch-09');
    expect(await find('fgt-branch-08', known(alert))).toBeUndefined();

    expect((await silence([is('alertname', 'Vpn.*', true), is('device', 'fgt-branch-08')])).ok).toBe(true);
    expect((await silence([is('nodename', 'fw7.example')])).ok).toBe(true);
    expect((await silence([is('nodename', 'fgt-branch-11'), is('team', 'vpn')])).ok).toBe(true);
    await until(async () => (await find('fgt-branch-08', known(alert))) !== undefined, 'it is silenced');
    expect(await find('fgt-branch-08', known(alert))).toBe(Date.parse(endsAt));
    expect(await find('fgt-branch-08', [...known(alert), ...known(other)])).toBeUndefined();
    expect(await find('fgt-branch-09', known(other))).toBeUndefined();
    expect(await find('fgt-branch-07', [])).toBe(Date.parse(endsAt));
    expect(await find('fgt-branch-08', [])).toBeUndefined();
    expect(await find('fgt-branch-11', [])).toBeUndefined();
  });

  it('is told that a page is over', async () => {
    expect(await route.resolve(PAGE, 'Ana')).toEqual({ kind: 'accepted' });
    await until(
      async () => (await alerts()).every(({ labels }) => labels.device !== 'fgt-branch-07'),
      'it is resolved',
    );
    expect(await route.acknowledge(PAGE, 'Ana')).toEqual({ kind: 'unsupported' });
  });

  it('refuses an alert without labels, which is no reason to try again', async () => {
    const send = createSendJson({ now: Date.now });
    const result = await send({
      url: `${url}/api/v2/alerts`,
      body: [{ labels: {} }],
      provider: 'Alertmanager',
    });
    expect(result.kind).toBe('refused');
  });
});

function configuration(port: number): string {
  return `
route:
  receiver: ftm-check
  group_by: [alertname]
  group_wait: 300ms
  group_interval: 1s
receivers:
  - name: ftm-check
    webhook_configs:
      - url: http://127.0.0.1:${port}/hooks/alertmanager
        send_resolved: true
        http_config:
          authorization: { credentials: ${TOKEN} }
`;
}
