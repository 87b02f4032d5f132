import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../src/observe/logger.ts';
import { type Backend, type BackendOptions, openBackend } from '../../src/queue/open-backend.ts';
import { findServer } from '../../src/queue/private-server.ts';

const hasServer = (await findServer(process.env.PATH ?? '')) !== undefined;
let dataFolder = '';
let backend: Backend<string, string> | undefined;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'ftm-data-'));
});
afterEach(async () => {
  await backend?.close(0);
  await rm(dataFolder, { recursive: true });
});

async function open(options: Partial<BackendOptions>): Promise<Backend<string, string>> {
  backend = await openBackend<string, string>({ dataFolder, log: silentLogger, ...options });
  return backend;
}

async function doOneJob({ queue }: Backend<string, string>): Promise<string> {
  const done = Promise.withResolvers<string>();
  await queue.process(
    async (data) => {
      done.resolve(data);
      return data;
    },
    { concurrency: 1, attempts: 1, backoffMs: 1, timeLimitMs: 5_000 },
  );
  await queue.ready();
  await queue.enqueue({ id: 'one', data: 'worked' });
  return done.promise;
}

it('names the Redis of REDIS_URL without its password, and does not wait for it', async () => {
  const { kind, sentence, queue } = await open({ redis: { url: 'redis://user:hunter22@127.0.0.1:1/0' } });
  expect(kind).toBe('redis');
  expect(sentence).toContain('127.0.0.1:1');
  expect(sentence).not.toContain('hunter22');
  await expect(queue.ready()).rejects.toMatchObject({ code: 'ftm_queue_unavailable' });
});

it.skipIf(!hasServer)('starts a server of its own without one', async () => {
  const own = await open({});
  expect(own.kind).toBe('private-server');
  expect(own.sentence).toContain(dataFolder);
  expect(await doOneJob(own)).toBe('worked');
});

it('works in memory where there is neither, and says that work is lost', async () => {
  const memory = await open({ path: dataFolder });
  expect(memory.kind).toBe('in-process');
  expect(memory.sentence).toContain('lost');
  expect(await doOneJob(memory)).toBe('worked');
});
