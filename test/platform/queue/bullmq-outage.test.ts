import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import type { JobQueue } from '../../../src/platform/queue/job-queue.ts';
import { freePort } from '../../../src/stand-ins/redis/throw-away-server.ts';
import { openBreakableRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const OPTIONS = { concurrency: 2, attempts: 5, backoffMs: 20, timeLimitMs: 10_000 };
const UNAVAILABLE = { code: 'ftm_queue_unavailable', retryable: true };

const server = await openBreakableRedis();
const opened: JobQueue<string, string>[] = [];

function open(url: string, name: string): JobQueue<string, string> {
  const queue = createBullmqQueue<string, string>({
    url,
    name,
    lockMs: 900,
    groupPollMs: 300,
    log: silentLogger,
  });
  opened.push(queue);
  return queue;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.close(0)));
});
afterAll(() => server?.stop());

/** The promise of the port: not later than two seconds, plus what a busy machine needs. */
async function within<T>(promise: Promise<T>, limitMs = 3_000): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

it('refuses connections without a listener at once, and closes', async () => {
  const queue = open(`redis://127.0.0.1:${await freePort()}`, 'nobody');
  await within(expect(queue.enqueue({ id: 'a', data: '' })).rejects.toMatchObject(UNAVAILABLE));
  await within(expect(queue.ready()).rejects.toMatchObject(UNAVAILABLE));
  await within(expect(queue.cancel('a', '')).rejects.toMatchObject(UNAVAILABLE));
  const starting = queue.process(async () => '', OPTIONS).catch(() => 'closed before it was ready');
  await within(queue.close(0), 6_000);
  await within(starting);
});

describe.skipIf(server === undefined)('a BullMQ queue whose Redis goes away', () => {
  if (server === undefined) return;

  it('loses no job when Redis is killed in the middle of work, and goes on by itself', async () => {
    const queue = open(server.url, 'killed');
    const started = new Set<string>();
    const down = Promise.withResolvers<void>();
    await queue.process(async (_work, { id }) => {
      started.add(id);
      await down.promise;
      return id;
    }, OPTIONS);
    const ids = Array.from({ length: 8 }, (_, i) => `job-${i}`);
    for (const id of ids) await queue.enqueue({ id, data: '', ...(id < 'job-4' ? { jobGroup: 'fgt' } : {}) });
    await until(() => started.size === 2, 'two run');

    await server.kill();
    await within(expect(queue.enqueue({ id: 'refused', data: '' })).rejects.toMatchObject(UNAVAILABLE));
    await within(expect(queue.ready()).rejects.toMatchObject(UNAVAILABLE));
    down.resolve();
    await server.start();

    await until(async () => (await queue.ready().catch(() => 'not yet')) === undefined, 'it is ready again');
    for (const id of ids) {
      await until(async () => (await queue.state(id).catch(() => '')) === 'completed', `${id} completed`);
    }
    expect([...started].toSorted()).toEqual(ids);
    expect(await queue.state('refused')).toBe('unknown');
    expect(await queue.enqueue({ id: 'after', data: '' })).toMatchObject({ state: 'queued' });
    await until(async () => (await queue.state('after')) === 'completed', 'new work is done');
  });

  it('refuses in time when Redis is frozen, and takes the same id once afterwards', async () => {
    const queue = open(server.url, 'frozen');
    await queue.ready();
    await server.freeze();
    await within(expect(queue.enqueue({ id: 'a', data: '' })).rejects.toMatchObject(UNAVAILABLE));
    server.thaw();
    await queue.ready();
    const again = await queue.enqueue({ id: 'a', data: '' });
    expect(['queued', 'duplicate']).toContain(again.state);
    expect(await queue.enqueue({ id: 'a', data: '' })).toEqual({ state: 'duplicate' });
  });

  it('hears a cancellation that was spoken while it could not listen', async () => {
    const queue = open(server.url, 'deaf');
    const other = open(server.url, 'deaf');
    const aborted = Promise.withResolvers<string>();
    await queue.process((_work, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve(String(signal.reason.message)), { once: true });
      return aborted.promise;
    }, OPTIONS);
    await other.enqueue({ id: 'a', data: '' });
    await until(async () => (await other.state('a')) === 'active', 'it runs');
    const direct = new Redis(server.url);
    await direct.client('KILL', 'TYPE', 'PUBSUB');
    expect(await other.cancel('a', 'while deaf')).toBe(true);
    direct.disconnect();
    expect(await within(aborted.promise, 5_000)).toBe('while deaf');
  });

  it('is closed at any moment after it lost the connection it listens on', async () => {
    const queues = Array.from({ length: 80 }, (_, at) => open(server.url, `closed-${at}`));
    const direct = new Redis(server.url);
    await until(async () => (await direct.pubsub('CHANNELS', '*closed-*')).length >= 80, 'all listen');
    await direct.client('KILL', 'TYPE', 'PUBSUB');
    direct.disconnect();
    // The connection is back after about 50 ms. A promise that is rejected then and not handled fails the run.
    await Promise.all(
      queues.map(async (queue, at) => {
        await new Promise((resolve) => setTimeout(resolve, 30 + 2 * at));
        await queue.close(0);
      }),
    );
  });

  it('is not ready where Redis would throw jobs away, or is a replica', async () => {
    const queue = open(server.url, 'policy');
    const direct = new Redis(server.url);
    await queue.ready();
    await direct.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(queue.ready()).rejects.toThrow(/allkeys-lru/);
    await direct.config('SET', 'maxmemory-policy', 'noeviction');
    await direct.replicaof('127.0.0.1', 1);
    await expect(queue.ready()).rejects.toThrow(/replica/);
    await within(expect(queue.enqueue({ id: 'a', data: '' })).rejects.toMatchObject(UNAVAILABLE));
    await direct.replicaof('NO', 'ONE');
    await until(async () => (await queue.ready().catch(() => 'not yet')) === undefined, 'it is ready again');
    direct.disconnect();
  });

  it('closes while Redis is away, with a job running', async () => {
    const queue = open(server.url, 'closing');
    const running = Promise.withResolvers<void>();
    await queue.process((_work, { signal }) => {
      running.resolve();
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    }, OPTIONS);
    await queue.enqueue({ id: 'a', data: '' });
    await running.promise;
    await server.kill();
    await within(queue.close(0), 8_000);
    await server.start();
    const next = open(server.url, 'closing');
    const attempts: number[] = [];
    await next.process(async (_work, { attempt }) => String(attempts.push(attempt)), OPTIONS);
    await until(async () => (await next.state('a')) === 'completed', 'another process did it');
    expect(attempts).toEqual([2]);
  });
});
