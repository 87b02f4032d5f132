import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersOn } from '../../../src/stand-ins/redis/server-process.ts';
import { findServer, startThrowAwayServer } from '../../../src/stand-ins/redis/throw-away-server.ts';
import { until } from '../../support/until.ts';

const found = await findServer(process.env.PATH ?? '');
const portOf = (url: string): number => Number(new URL(url).port);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm server "x" '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function fakeBinary(name: string, script: string): Promise<string> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
  return join(folder, name);
}

it('has none where none is on the path', async () => {
  expect(await startThrowAwayServer(folder)).toBeUndefined();
});

it('prefers Valkey', async () => {
  await fakeBinary('redis-server', '');
  const binary = await fakeBinary('valkey-server', '');
  expect(await findServer(`/nowhere::${folder}`)).toEqual({ kind: 'valkey', binary });
});

it('says what the server said when it does not start', async () => {
  await fakeBinary('redis-server', 'echo "Bad directive" >&2; exit 1');
  await expect(startThrowAwayServer(folder)).rejects.toThrow('Bad directive');
});

describe.skipIf(found === undefined)('a throw-away server', () => {
  it('has a password, and is gone after its stop', async () => {
    const server = await startThrowAwayServer();
    const { url = '', kind } = server ?? {};
    expect(kind).toBe(found?.kind);
    const stranger = new Redis(portOf(url), '127.0.0.1', { retryStrategy: () => null, lazyConnect: true });
    stranger.on('error', () => {});
    await expect(stranger.get('x')).rejects.toThrow(/NOAUTH|closed/);
    stranger.disconnect();
    await server?.stop();
    expect(await answersOn(portOf(url))).toBe(false);
  });

  it.each([
    ['wait', 'SIGKILL'],
    ['wait', 'SIGTERM'],
    ['end', undefined],
  ] as const)('goes with its process: %s %s', async (andThen, signal) => {
    const script = fileURLToPath(new URL('server-owner.ts', import.meta.url));
    const child = spawn(process.execPath, [script, andThen], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    const port = portOf(printed.toString().trim());
    if (signal) child.kill(signal);
    await exited;
    await until(async () => !(await answersOn(port)), 'the server is gone');
  });
});
