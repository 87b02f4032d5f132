import { afterEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type Backend, type BackendOptions, openBackend } from '../../../src/platform/queue/open-backend.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';

const JOB: QueueJob = { kind: 'close-debug', runId: 'one', acceptedAt: 1, alias: 'fgt-hq' };
let backend: Backend | undefined;

afterEach(() => backend?.close(0));

async function open(options: Partial<BackendOptions>): Promise<Backend> {
  backend = await openBackend({ log: silentLogger, ...options });
  return backend;
}

async function doOneJob({ queue }: Backend): Promise<QueueJob> {
  const done = Promise.withResolvers<QueueJob>();
  await queue.process(
    async (data) => {
      done.resolve(data);
      return undefined;
    },
    { concurrency: 1, attempts: 1, backoffMs: 1, timeLimitMs: 5_000 },
  );
  await queue.ready();
  await queue.enqueue({ id: 'one', data: JOB });
  return done.promise;
}

it('names the Redis of REDIS_URL without its password, and does not wait for it', async () => {
  const { kind, sentence, queue } = await open({ redis: { url: 'redis://user:hunter22@127.0.0.1:1/0' } });
  expect(kind).toBe('redis');
  expect(sentence).toContain('127.0.0.1:1');
  expect(sentence).not.toContain('hunter22');
  await expect(queue.ready()).rejects.toMatchObject({ code: 'ftm_queue_unavailable' });
});

it('works in memory without one, and says that work is lost', async () => {
  const memory = await open({});
  expect(memory.kind).toBe('in-process');
  expect(memory.sentence).toContain('lost');
  expect(await doOneJob(memory)).toEqual(JOB);
});
