import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { appRoutes } from '@bull-board/api/dist/routes.js';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import type { JobQueue } from '../../../src/platform/queue/job-queue.ts';
import { openQueueBoard } from '../../../src/platform/queue/queue-board.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const redis = await openTestRedis();
const PLANTED = 'pl4nted-S3cret';

let stack: AsyncDisposableStack | undefined;
let queue: JobQueue<object, object>;
let base: string;
let store: Redis;
let prefix: string;

describe.skipIf(redis === undefined)('the board', () => {
  beforeAll(async () => {
    if (!redis) return;
    stack = new AsyncDisposableStack();
    prefix = redis.prefix;
    const shared = { url: redis.url, prefix, log: silentLogger };
    queue = createBullmqQueue<object, object>(shared);
    stack.defer(() => queue.close(0));
    const connection = new Redis(redis.url);
    const board = openQueueBoard({ ...shared, connection, names: ['runs', 'escalations'], place: '/queues' });
    stack.defer(() => board.close());
    const server = createServer((request, response) => board.show(request, response)).listen(0, '127.0.0.1');
    stack.defer(() => void server.close());
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    store = new Redis(redis.url);
    stack.defer(() => store.disconnect());
    await plant();
  });
  afterAll(async () => {
    await stack?.disposeAsync();
    await redis?.stop();
  });

  /** A job in each state, with what must not be seen in any field. */
  async function plant(): Promise<void> {
    const payload = (runId: string) => ({
      runId,
      acceptedAt: 1,
      asker: { id: 'U0ANA', name: PLANTED },
      kind: 'check',
      alias: 'fgt-hq',
      user: PLANTED,
      evidence: { items: [PLANTED] },
      [PLANTED]: { kind: PLANTED },
    });
    await queue.process(
      async (data) => {
        if ('runId' in data && data.runId === 'fails') throw new Error(PLANTED);
        return { secret: PLANTED };
      },
      { concurrency: 1, attempts: 1, backoffMs: 1, timeLimitMs: 5_000 },
    );
    await queue.enqueue({ id: 'ends', data: payload('ends'), jobGroup: 'fgt-hq', dedupId: PLANTED });
    await queue.enqueue({ id: 'fails', data: payload('fails') });
    await queue.enqueue({ id: 'later', data: payload('later'), delayMs: 3_600_000 });
    await until(async () => (await queue.state('ends')) === 'completed', 'it ended');
    await until(async () => (await queue.state('fails')) === 'failed', 'it failed');
    // After a job BullMQ's own notes follow.
    await until(
      async () => /"ended"/.test((await store.hget(`${prefix}:runs:fails`, 'data')) ?? ''),
      'it is tidied up',
    );
    // The queue's jobs return nothing; this is what BullMQ would keep.
    await store.hset(`${prefix}:runs:ends`, 'returnvalue', JSON.stringify({ secret: PLANTED }));
    // A worker writes by itself from time to time.
    await queue.close(0);
  }

  const routes = appRoutes.api.flatMap(({ method, route }) =>
    [method].flat().flatMap((each) => [route].flat().map((path) => ({ method: each.toUpperCase(), path }))),
  );
  const at = (path: string) =>
    base +
    path
      .replace(':queueName', 'runs')
      .replace(':jobId', 'later')
      .replace(':queueStatus', 'delayed')
      .replace(':schedulerId', 'none');

  it('shows the queues and how their jobs fare', async () => {
    const response = await fetch(`${base}/api/queues?activeQueue=runs&status=latest&page=1&jobsPerPage=10`);
    expect(response.status).toBe(200);
    const { queues } = (await response.json()) as {
      queues: { name: string; readOnlyMode: boolean; jobs: { id: string; data: object }[] }[];
    };
    expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
      ['runs', true],
      ['escalations', true],
    ]);
    expect(queues[0]?.jobs.find(({ id }) => id === 'later')?.data).toMatchObject({
      payload: { runId: 'later', acceptedAt: 1, kind: 'check', alias: 'fgt-hq' },
    });
    const page = await fetch(`${base}/`);
    expect(page.headers.has('x-powered-by')).toBe(false);
    expect(await page.text()).toContain('<base href="/queues/" />');
  });

  it('shows nothing that somebody wrote, pasted or gave as a reason', async () => {
    const reading = routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
    const seen: string[] = [];
    for (const path of [...reading, '/api/queues?activeQueue=runs&page=1&jobsPerPage=10']) {
      for (const job of ['ends', 'fails', 'later']) {
        const response = await fetch(at(path.replace(':jobId', job)));
        seen.push(await response.text());
        if (/^\/api\/queues\/:queueName\/:jobId$/.test(path)) expect(response.status).toBe(200);
      }
    }
    expect(reading.length).toBeGreaterThan(8);
    expect(seen.join('\n')).toContain('fgt-hq');
    expect(seen.join('\n')).not.toContain(PLANTED);
  });

  const changing = routes.filter(({ method }) => method !== 'GET');
  it('knows what could change something', () => {
    expect(changing.length).toBeGreaterThan(20);
  });

  it.each(changing)('changes nothing by $method $path', async ({ method, path }) => {
    const before = await everything();
    const response = await fetch(at(path), {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        concurrency: 1,
        data: {},
        force: true,
        jobData: {},
        jobName: 'run',
        jobOptions: {},
        max: 1,
        duration: 1,
        priority: 1,
        runAt: 1,
        // A schedule is one of the two.
        ...(path.includes('job-schedulers') ? { every: 1_000 } : {}),
      }),
    });
    await response.text();
    // These two pass over queues that are read-only.
    const passesOver = /^\/api\/queues\/(?:pause|resume)$/.test(path);
    expect(response.status).toBe(passesOver ? 200 : 405);
    expect(await everything()).toEqual(before);
  });

  /** Every key of this queue with its whole content, but for what a worker wrote for a moment. */
  async function everything(): Promise<Readonly<Record<string, string>>> {
    const all = (await store.keys(`${prefix}*`)).sort();
    const lives = await Promise.all(all.map((key) => store.pttl(key)));
    const keys = all.filter((_, index) => lives[index] === -1 || (lives[index] ?? 0) > 3_600_000);
    const dumps = await Promise.all(keys.map((key) => store.dumpBuffer(key)));
    return Object.fromEntries(keys.map((key, index) => [key, dumps[index]?.toString('hex') ?? '']));
  }
});

it('is loaded where it is wanted only', async () => {
  const addressOf = (module: string) => JSON.stringify(new URL(`../../../${module}`, import.meta.url));
  const script = `
    const { cache } = process.getBuiltinModule('module').createRequire(${JSON.stringify(import.meta.url)});
    const loaded = () => Object.keys(cache).filter((path) => path.endsWith('@bull-board/api/dist/index.js')).length;
    await import(${addressOf('src/app/create-app.ts')});
    const before = loaded();
    await import(${addressOf('src/platform/queue/queue-board.ts')});
    console.log(before, loaded());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toBe('0 1\n');
});
