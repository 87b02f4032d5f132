import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startServerProcess, untilAnswersOn } from './server-process.ts';

const KINDS = ['valkey', 'redis'] as const;
const START_MS = 10_000;

export interface FoundServer {
  readonly kind: (typeof KINDS)[number];
  readonly binary: string;
}

/** A server for the demo, tests and benchmarks: `stop` removes it with its data. */
export interface ThrowAwayServer {
  readonly kind: FoundServer['kind'];
  /** With a random password. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a `valkey-server` or `redis-server` on a loopback port, with its data in a temporary folder; it ends with this
 * process. `undefined` if neither is on this path. Rejects if it does not start.
 */
export async function startThrowAwayServer(
  path = process.env.PATH ?? '',
): Promise<ThrowAwayServer | undefined> {
  const found = await findServer(path);
  if (found === undefined) return undefined;
  const dataFolder = await mkdtemp(join(tmpdir(), 'ftm-redis-'));
  const password = randomBytes(24).toString('hex');
  const port = await freePort();
  const server = startServerProcess({ binary: found.binary, port, password, dataFolder });
  async function stop(): Promise<void> {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
  const failed = server.exited.then((printed) => printed.trim().slice(-400));
  const result = await Promise.race([untilAnswersOn(port, true, START_MS), failed]);
  if (result === true) return { kind: found.kind, url: `redis://:${password}@127.0.0.1:${port}`, stop };
  await stop();
  throw new Error(
    `${found.binary} did not start: ${result === false ? 'it did not listen in time' : result}`,
  );
}

/** The first binary on this path, Valkey before Redis. */
export async function findServer(path: string): Promise<FoundServer | undefined> {
  for (const kind of KINDS) {
    for (const folder of path.split(delimiter)) {
      const binary = join(folder, `${kind}-server`);
      if (folder !== '' && (await isExecutable(binary))) return { kind, binary };
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
