import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { untilAnswersOn } from '../../src/stand-ins/redis/server-process.ts';
import { findServer, freePort } from '../../src/stand-ins/redis/throw-away-server.ts';
import { BASE, find, helm, manifests, podOf } from './chart.ts';

it.skipIf(helm === undefined)(
  'starts with a real server, asks for its password, and keeps what it is given',
  async (context) => {
    const server = await findServer(process.env.PATH ?? '');
    if (!server) {
      context.skip('no valkey-server or redis-server here');
      return;
    }
    const all = await manifests(BASE);
    const conf = find(all, 'ConfigMap', 'prod-ftm-check-valkey').data?.['valkey.conf'] ?? '';
    const [valkey] = podOf(find(all, 'StatefulSet', 'prod-ftm-check-valkey'))?.containers ?? [];
    const script = valkey?.command?.at(-1) ?? '';

    await using started = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'ftm-valkey-'));
    started.defer(() => rm(folder, { recursive: true }));
    const port = await freePort();
    const here = (text: string) =>
      text
        .replaceAll('/tmp/', `${folder}/tmp/`)
        .replaceAll('/etc/valkey/', `${folder}/`)
        .replace('dir /data', `dir ${folder}`)
        .replace('port 6379', `port ${port}`)
        .replace('exec valkey-server', `exec ${server.binary}`);
    await mkdir(join(folder, 'tmp'));
    await writeFile(join(folder, 'valkey.conf'), here(conf));
    const child = spawn('sh', ['-c', here(script)], {
      stdio: 'ignore',
      env: { PATH: process.env.PATH, VALKEY_PASSWORD: 'for0tests' },
    });
    const exited = once(child, 'exit');
    started.defer(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    expect(await untilAnswersOn(port, true, 10_000)).toBe(true);

    const stranger = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: 0, lazyConnect: true });
    stranger.on('error', () => {});
    started.defer(() => stranger.disconnect());
    await expect(stranger.get('a')).rejects.toThrow(/NOAUTH|Authentication/);

    const redis = new Redis(`redis://:for0tests@127.0.0.1:${port}/0`);
    started.defer(() => redis.disconnect());
    for (const [name, value] of [
      ['maxmemory-policy', 'noeviction'],
      ['appendonly', 'yes'],
      ['maxmemory', String(200 * 1024 * 1024)],
    ] as const) {
      expect(await redis.config('GET', name)).toEqual([name, value]);
    }
  },
);
