import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { type Backend, openBackend } from '../../src/platform/queue/open-backend.ts';
import { createDeviceHistory } from '../../src/platform/store/device-history.ts';
import { createGroupStore } from '../../src/platform/store/group-store.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { type Served, startServing } from '../bot/http/serve-process.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const CHANNEL = 'C0SUPPORT';
const RUN = 'run-group';
const DEVICES = 8;
/** The lock of a process that was killed has to run out before another one takes its jobs. */
const TAKEN_OVER_MS = 150_000;

/** Two workers read a group, one of them is killed in the middle. */
describe('a worker that is killed while it reads a group', () => {
  let redis: TestRedis | undefined;
  let folder: string;
  let simulators: readonly Simulator[] = [];
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
    folder = await mkdtemp(join(tmpdir(), 'ftm-group-killed-'));
    slack = await startLocalSlack({ channels: [{ id: CHANNEL, name: 'support' }] });
    simulators = await Promise.all(
      Array.from({ length: DEVICES }, () =>
        // Slow enough for a worker to be killed in the middle of it.
        startSimulator({ configText: sampleConfig('branch-07'), behaviour: { commandDelayMs: 100 } }),
      ),
    );
    await writeFile(
      join(folder, 'inventory.yaml'),
      JSON.stringify({
        defaults: {
          username: SIMULATED_USER.name,
          password: { env: 'DEVICE_PASSWORD' },
          timeouts: { connect: '30s', command: '30s', job: '120s' },
        },
        groups: { branches: {} },
        devices: Object.fromEntries(
          simulators.map(({ port, fingerprints }, index) => [
            `fgt-${index}`,
            { address: '127.0.0.1', port, hostKeys: fingerprints, groups: ['branches'] },
          ]),
        ),
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
    for (const simulator of simulators) await simulator.close();
    await slack?.close();
    await redis?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  async function startWorker(name: string): Promise<Served> {
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
        FTM_CHECK_CONCURRENCY: '2',
        FTM_CHECK_DRAIN_SECONDS: '1',
        FTM_CHECK_SELF_CHECK_MINUTES: '0',
        FTM_CHECK_AUDIT: join(folder, name),
      },
    });
    workers.push(worker);
    await worker.line('ready');
    return worker;
  }

  it('each device has exactly one result, and none is read by two at once', async () => {
    const aliases = simulators.map((_, index) => `fgt-${index}`);
    const groups = createGroupStore(backend.records);
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, ...simulators.map((simulator) => simulator.openConnections()));
    }, 2);
    try {
      const [first] = [await startWorker('first'), await startWorker('second')];
      await backend.queue.enqueue({
        id: RUN,
        data: {
          kind: 'group',
          runId: RUN,
          asker: { id: 'U0ANA', name: 'Ana' },
          replyTo: { channel: CHANNEL },
          acceptedAt: Date.now(),
          group: 'branches',
          aliases,
        },
      });
      await until(async () => (await groups.count(RUN)) >= 2, 'some are read', TAKEN_OVER_MS);
      first.child.kill('SIGKILL');
      await first[Symbol.asyncDispose]();
      expect(await groups.count(RUN)).toBeLessThan(DEVICES);
      await until(
        async () => (await backend.runs.get(RUN))?.answeredAt !== undefined,
        'it is answered',
        TAKEN_OVER_MS,
      );
    } finally {
      clearInterval(watching);
    }
    const rows = await groups.rows(RUN);
    expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual(
      aliases.map((alias) => `${alias} broken`),
    );
    expect(most).toBe(1);
    const history = createDeviceHistory(backend.records, { keepMs: Number.POSITIVE_INFINITY, now: Date.now });
    for (const alias of aliases) expect(await history.read(alias)).toHaveLength(1);
    const posted = slack.messages(CHANNEL).filter(({ bot_id: bot }) => bot !== undefined);
    expect(posted.filter(({ blocks }) => JSON.stringify(blocks ?? []).includes('data_table'))).toHaveLength(
      1,
    );
    expect(posted.flatMap(({ files }) => files ?? [])).toHaveLength(3);
  }, 400_000);
});
