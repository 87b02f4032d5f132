import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import {
  findServer,
  type PrivateServer,
  startPrivateServer,
} from '../../../src/platform/queue/private-server.ts';
import { answersOn } from '../../../src/platform/queue/server-process.ts';
import { serverPid } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const found = await findServer(process.env.PATH ?? '');
const portOf = (url: string): number => Number(new URL(url).port);

let folder = '';
const started: PrivateServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm server "x" '));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(dataFolder = folder): Promise<PrivateServer> {
  const server = await startPrivateServer({ dataFolder, log: silentLogger });
  if (server === undefined) throw new Error('no server on PATH');
  started.push(server);
  return server;
}

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

async function startInChild(andThen: string) {
  const script = fileURLToPath(new URL('processes/server-owner.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, andThen], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, exited, url: url.toString().trim() };
}

async function fakeBinary(name: string, script: string): Promise<string> {
  const path = join(folder, 'bin');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(path, name), 0o755);
  return path;
}

it('has none where none is on the path', async () => {
  expect(await startPrivateServer({ dataFolder: folder, log: silentLogger, path: folder })).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
});

it('prefers Valkey', async () => {
  await fakeBinary('redis-server', '');
  const path = await fakeBinary('valkey-server', '');
  expect(await findServer(`/nowhere::${path}`)).toEqual({
    kind: 'valkey',
    binary: join(path, 'valkey-server'),
  });
});

it('says what the server said when it does not start', async () => {
  const path = await fakeBinary('redis-server', 'echo "Bad directive" >&2; exit 1');
  const starting = startPrivateServer({ dataFolder: folder, log: silentLogger, path });
  await expect(starting).rejects.toMatchObject({
    code: 'ftm_queue_unavailable',
    message: expect.stringContaining('Bad directive'),
  });
  expect(await readdir(folder)).toEqual(['bin']);
});

describe.skipIf(found === undefined)('a private server', () => {
  it('keeps jobs safe: password, append-only file, no eviction, loopback', async () => {
    const { url, kind } = await start();
    expect(kind).toBe(found?.kind);
    const settings = await ask(url, async (redis) => [
      await redis.config('GET', 'maxmemory-policy'),
      await redis.config('GET', 'appendonly'),
      await redis.config('GET', 'appendfsync'),
      await redis.config('GET', 'save'),
      await redis.config('GET', 'bind'),
    ]);
    expect(settings.flat().join(' ')).toBe(
      'maxmemory-policy noeviction appendonly yes appendfsync always save  bind 127.0.0.1',
    );
    const stranger = new Redis(portOf(url), '127.0.0.1', { retryStrategy: () => null, lazyConnect: true });
    stranger.on('error', () => {});
    await expect(stranger.get('x')).rejects.toThrow(/NOAUTH|closed/);
    stranger.disconnect();
  });

  it('keeps the data over a stop, under another password', async () => {
    const first = await start();
    await ask(first.url, (redis) => redis.set('kept', 'yes'));
    await first.stop();
    expect(await answersOn(portOf(first.url))).toBe(false);
    const second = await start();
    expect(await ask(second.url, (redis) => redis.get('kept'))).toBe('yes');
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
  });

  it('starts it again under the same URL when it dies', async () => {
    const { url } = await start();
    await ask(url, (redis) => redis.set('kept', 'yes'));
    const pid = await serverPid(url);
    process.kill(pid, 'SIGKILL');
    await until(async () => (await serverPid(url)) !== pid, 'another one answers');
    expect(await ask(url, (redis) => redis.get('kept'))).toBe('yes');
  });

  it('refuses a folder that another one uses, in this process or another', async () => {
    const inUse = { code: 'ftm_config_invalid', message: expect.stringContaining('in use') };
    const first = await start();
    await expect(start()).rejects.toMatchObject(inUse);
    await first.stop();
    const { child, exited } = await startInChild('wait');
    await expect(start()).rejects.toMatchObject(inUse);
    child.kill('SIGKILL');
    await exited;
    await expect(start()).resolves.toBeDefined();
  });

  it.each([
    ['garbage', 'x'],
    ['a process that is gone', '{"pid":999999999,"port":1,"at":0}'],
    ['a process id that went to somebody else', `{"pid":${process.ppid},"port":1,"at":0}`],
  ])('takes over from a lock with %s', async (_what, text) => {
    await writeFile(join(folder, 'server.lock'), text);
    await expect(start()).resolves.toBeDefined();
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('goes with its process on %s', async (signal) => {
    const { child, exited, url } = await startInChild('wait');
    expect(await answersOn(portOf(url))).toBe(true);
    child.kill(signal);
    await exited;
    await until(async () => !(await answersOn(portOf(url))), 'the server is gone');
  });

  it('does not keep a process alive that has nothing else to do', async () => {
    const { exited, url } = await startInChild('end');
    expect(await exited).toEqual([0, null]);
    await until(async () => !(await answersOn(portOf(url))), 'the server is gone');
  });

  it('lets nobody else into its folder', async () => {
    const dataFolder = join(folder, 'new', 'data');
    await start(dataFolder);
    expect((await stat(dataFolder)).mode & 0o077).toBe(0);
  });
});
