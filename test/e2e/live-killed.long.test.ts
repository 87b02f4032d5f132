import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { type Backend, openBackend } from '../../src/platform/queue/open-backend.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { type Served, startServing } from '../bot/http/serve-process.ts';
import { debugOfLogin } from '../fixtures/logs/debug-of-login.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const CHANNEL = 'C0SUPPORT';
/** Of a stalled job: the lock of a process that was killed has to run out. */
const TAKEN_OVER_MS = 90_000;

const OPENING = 'diagnose debug enable';

/** `serve --role worker` as an orchestrator runs it, against a look-alike whose debug outlives its session. */
describe('a worker that is killed while a window is open', () => {
  let redis: TestRedis | undefined;
  let folder: string;
  let simulator: Simulator;
  let slack: LocalSlack;
  let backend: Backend;
  const workers: Served[] = [];

  beforeEach(async ({ skip }) => {
    redis = await openTestRedis();
    // The prefix of real processes is fixed: a server that others use is none for this test.
    if (redis === undefined || process.env.REDIS_URL) {
      skip('needs a Redis server of its own');
      return;
    }
    folder = await mkdtemp(join(tmpdir(), 'ftm-live-killed-'));
    slack = await startLocalSlack({ channels: [{ id: CHANNEL, name: 'support' }] });
    simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      behaviour: { debug: debugOfLogin(undefined, 3_000) },
    });
    await writeFile(
      join(folder, 'inventory.yaml'),
      JSON.stringify({
        devices: {
          'fgt-branch-07': {
            address: '127.0.0.1',
            port: simulator.port,
            username: SIMULATED_USER.name,
            password: { env: 'DEVICE_PASSWORD' },
            hostKeys: simulator.fingerprints,
            live: true,
          },
        },
        access: [{ channels: [CHANNEL], devices: ['*'] }],
      }),
    );
    backend = await openBackend({
      redis: { url: redis.url },
      log: silentLogger,
    });
  });

  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker[Symbol.asyncDispose]();
    await backend?.close(0);
    await simulator?.close();
    await slack?.close();
    await redis?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  async function startWorker(): Promise<Served> {
    const worker = startServing({
      entry: [process.execPath, MAIN],
      args: ['--role', 'worker'],
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        REDIS_URL: redis?.url ?? '',
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        DEVICE_PASSWORD: SIMULATED_USER.password,
        FTM_CHECK_DRAIN_SECONDS: '1',
        FTM_CHECK_SELF_CHECK_MINUTES: '0',
        FTM_CHECK_AUDIT: join(folder, 'audit'),
      },
    });
    workers.push(worker);
    await worker.line('ready');
    return worker;
  }

  async function ask(): Promise<void> {
    const { message } = await slack.message({ user: 'U0ANA', channel: CHANNEL, text: 'push is dead' });
    await backend.queue.enqueue({
      id: 'run-1',
      jobGroup: 'fgt-branch-07',
      data: {
        runId: 'run-1',
        asker: { id: 'U0ANA' },
        replyTo: { channel: CHANNEL, thread: message.ts },
        acceptedAt: Date.now(),
        kind: 'check',
        alias: 'fgt-branch-07',
        user: 'wren',
        live: 60,
      },
    });
    await until(() => simulator.debugOn().includes('output'), 'the window is open', 45_000);
  }

  const answered = () =>
    until(
      async () => (await backend.runs.get('run-1'))?.answeredAt !== undefined,
      'it is answered',
      TAKEN_OVER_MS,
    );

  async function expectAllIsWell(): Promise<void> {
    const run = await backend.runs.get('run-1');
    expect(run?.outcome).toMatchObject({
      kind: 'diagnosed',
      diagnosis: { live: { state: 'watched', ended: 'login' }, attempts: [{ user: 'wren' }] },
    });
    expect(simulator.debugOn()).toEqual([]);
    expect(await backend.records.membersSince('debug-windows', 0)).toEqual([]);
    const answers = slack.messages(CHANNEL).filter(({ bot_id: bot }) => bot !== undefined);
    expect(
      answers.filter(({ text }) => /Watched for \d+ s, until the login was seen/.test(text)),
    ).toHaveLength(1);
  }

  it('SIGKILL: the debug stays on until the worker that takes over switches it off, before anything else', async () => {
    const first = await startWorker();
    await ask();
    first.child.kill('SIGKILL');
    await first[Symbol.asyncDispose]();
    // No process was left to switch it off: the registry is for this case.
    expect(simulator.debugOn()).toContain('sslvpn');
    expect(await backend.records.membersSince('debug-windows', 0)).toHaveLength(1);
    const sent = simulator.commands.length;
    await startWorker();
    await answered();
    expect(simulator.commands.slice(sent, sent + 6)).toEqual([
      'diagnose debug info',
      'diagnose debug disable',
      'diagnose debug info',
      'diagnose debug reset',
      'diagnose debug info',
      'get system status',
    ]);
    expect(simulator.commands.filter((line) => line === OPENING)).toHaveLength(2);
    await expectAllIsWell();
  }, 180_000);

  it('SIGTERM: the debug is off when the process has ended, and another one watches again', async () => {
    const first = await startWorker();
    await ask();
    expect(await first.end()).toBe(0);
    expect(simulator.debugOn()).toEqual([]);
    expect(await backend.records.membersSince('debug-windows', 0)).toEqual([]);
    expect(simulator.openConnections()).toBe(0);
    await startWorker();
    await answered();
    expect(simulator.commands.filter((line) => line === OPENING)).toHaveLength(2);
    await expectAllIsWell();
  }, 180_000);
});
