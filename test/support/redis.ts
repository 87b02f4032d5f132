import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startServerProcess, untilAnswersOn } from '../../src/stand-ins/redis/server-process.ts';
import {
  findServer,
  freePort,
  startThrowAwayServer,
  type ThrowAwayServer,
} from '../../src/stand-ins/redis/throw-away-server.ts';

export interface TestRedis {
  readonly url: string;
  /** Unique, so that files may share a server. */
  readonly prefix: string;
  /** Removes all keys under the prefix; where the server is ours, all keys. */
  stop(): Promise<void>;
}

/** Files of a process run one after the other and share a server, which ends with the process. */
let own: Promise<ThrowAwayServer | undefined> | undefined;

/** `REDIS_URL`, or a server of our own. `undefined` (skip the tests) where there is neither; in CI that is a failure. */
export async function openTestRedis(): Promise<TestRedis | undefined> {
  const prefix = `{test-${randomBytes(6).toString('hex')}}`;
  const url = process.env.REDIS_URL;
  if (url !== undefined && url !== '') return { url, prefix, stop: () => removeKeys(url, prefix) };
  own ??= startOwn();
  const server = await own;
  if (server === undefined)
    return missing('Tests on Redis need REDIS_URL, or valkey-server or redis-server on PATH');
  return { url: server.url, prefix, stop: () => ask(server.url, (redis) => redis.flushall()) };
}

/** Nothing of it is kept on the disk, which each write would wait for, and which the end of a process would not clear. */
async function startOwn(): Promise<ThrowAwayServer | undefined> {
  const server = await startThrowAwayServer();
  if (server === undefined) return undefined;
  await ask(server.url, async (redis) => {
    await redis.config('SET', 'appendonly', 'no');
    const [, folder = ''] = (await redis.config('GET', 'dir')) as readonly string[];
    await rm(folder, { recursive: true });
  });
  return server;
}

/** A server that a test may kill, freeze and start again with its data. */
export interface BreakableRedis {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  freeze(): Promise<void>;
  thaw(): void;
  stop(): Promise<void>;
}

export async function openBreakableRedis(): Promise<BreakableRedis | undefined> {
  const found = await findServer(process.env.PATH ?? '');
  if (found === undefined) return missing('Tests of outages need valkey-server or redis-server on PATH');
  const dataFolder = await mkdtemp(join(tmpdir(), 'ftm-redis-'));
  const settings = { binary: found.binary, port: await freePort(), password: 'for-tests', dataFolder };
  const url = `redis://:for-tests@127.0.0.1:${settings.port}`;
  let server: ReturnType<typeof startServerProcess> | undefined;
  let frozen: number | undefined;

  async function start(): Promise<void> {
    server = startServerProcess(settings);
    if (!(await untilAnswersOn(settings.port, true, 10_000)))
      throw new Error('the test server did not start');
  }
  function thaw(): void {
    if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
    frozen = undefined;
  }
  await start();
  return {
    url,
    start,
    thaw,
    async kill() {
      process.kill(await serverPid(url), 'SIGKILL');
      await server?.exited;
    },
    async freeze() {
      frozen = await serverPid(url);
      process.kill(frozen, 'SIGSTOP');
    },
    async stop() {
      thaw();
      await server?.stop();
      await rm(dataFolder, { recursive: true });
    },
  };
}

export async function serverPid(url: string): Promise<number> {
  let pid: string | undefined;
  await ask(url, async (redis) => {
    pid = /process_id:(\d+)/.exec(await redis.info('server'))?.[1];
  });
  return Number(pid);
}

function removeKeys(url: string, prefix: string): Promise<void> {
  return ask(url, async (redis) => {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 })) {
      const found = keys as string[];
      if (found.length > 0) await redis.del(found);
    }
  });
}

/** Over a connection that ends with the question. */
async function ask(url: string, question: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url);
  redis.on('error', () => {});
  try {
    await question(redis);
  } finally {
    redis.disconnect();
  }
}

function missing(what: string): undefined {
  if (process.env.CI === 'true') throw new Error(`${what}.`);
  process.stderr.write(`\n*** SKIPPED: ${what}. ***\n\n`);
  return undefined;
}
