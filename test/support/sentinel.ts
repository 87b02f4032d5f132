import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findServer, freePort } from '../../src/stand-ins/redis/throw-away-server.ts';
import { until } from './until.ts';

/** Real servers that Sentinels watch over: one is the primary, and another one takes over when it is gone. */
export interface SentinelSet extends AsyncDisposable {
  /** As `REDIS_URL`. */
  readonly url: string;
  readonly sentinelPassword: string;
  readonly servers: readonly RedisServer[];
  /** As the Sentinels see it. */
  primary(): Promise<RedisServer>;
  /** The other one. */
  replica(): Promise<RedisServer>;
  /** Starts a server that is down in the role that the Sentinels would give it now. */
  revive(server: RedisServer): Promise<void>;
  /** Resolves when another server than this one is the primary. */
  promotedInsteadOf(server: RedisServer): Promise<void>;
  /** Resolves when the primary has a replica that is up to date. */
  whole(): Promise<void>;
}

export interface RedisServer {
  readonly port: number;
  readonly folder: string;
  isUp(): boolean;
  kill(): Promise<void>;
  /** SIGTERM. */
  stop(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

export interface SentinelSetOptions {
  readonly downAfterMs?: number;
  readonly tls?: TlsFiles;
  /** Before a server starts in its folder for the first time. Gives what undoes it. */
  readonly prepare?: (folder: string) => Promise<() => void>;
}

const NAME = 'ftm-primary';
const PASSWORD = 'of-the-servers';
const SENTINEL_PASSWORD = 'of-the-sentinels';
const SENTINELS = 3;
const UP_WITHIN_MS = 15_000;
const PROMOTED_WITHIN_MS = 120_000;

/** `undefined` where no server is on PATH. Ends with this process. */
export async function startSentinelSet(options: SentinelSetOptions = {}): Promise<SentinelSet | undefined> {
  const found = await findServer(process.env.PATH ?? '');
  if (found === undefined) return undefined;
  const { binary } = found;
  const { downAfterMs = 1_000, tls } = options;
  const folder = await mkdtemp(join(tmpdir(), 'ftm-sentinels-'));
  const children = new Set<ChildProcess>();
  const undone: (() => void)[] = [];
  const killAll = (): void => {
    for (const child of children) child.kill('SIGKILL');
    for (const undo of undone.splice(0)) undo();
  };
  process.on('exit', killAll);

  function run(args: readonly string[]): ChildProcess {
    const child = spawn(binary, args, { cwd: folder, stdio: 'ignore' });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  }

  async function createServer(name: string): Promise<Startable> {
    const port = await freePort();
    const place = join(folder, name);
    await mkdir(place);
    const undo = await options.prepare?.(place);
    if (undo !== undefined) undone.push(undo);
    return startable(port, place, (replicaOf) =>
      run([
        ...serverArguments(port, place, tls),
        ...(replicaOf ? ['--replicaof', '127.0.0.1', `${replicaOf}`] : []),
      ]),
    );
  }

  const servers = [await createServer('a'), await createServer('b')] as const;
  await servers[0].start(undefined);
  await isReachable(servers[0].port, tls);
  await servers[1].start(servers[0].port);
  const ports: number[] = [];
  for (let index = 0; index < SENTINELS; index += 1) {
    const port = await freePort();
    const file = join(folder, `sentinel-${index}.conf`);
    await writeFile(file, sentinelConfig(port, servers[0].port, downAfterMs, tls));
    run([file, '--sentinel']);
    ports.push(port);
  }

  async function ask(port: number, password: string, command: string, ...args: string[]): Promise<unknown> {
    const redis = new Redis({
      port,
      password,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
      ...tlsOf(tls),
    });
    redis.on('error', () => {});
    try {
      return await redis.call(command, ...args);
    } finally {
      redis.disconnect();
    }
  }
  /** What most Sentinels say: one that was slow to hear may be wrong for a moment. */
  async function primary(): Promise<Startable> {
    const said = await Promise.all(
      ports.map((port) =>
        ask(port, SENTINEL_PASSWORD, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME).catch(() => null),
      ),
    );
    const votes = said.map((each) => Number((each as readonly string[] | null)?.[1]));
    const best = servers.toSorted((a, b) => votesFor(b, votes) - votesFor(a, votes))[0];
    if (best === undefined) throw new Error('no Sentinel answers');
    return best;
  }
  async function other(server: RedisServer): Promise<Startable> {
    return servers[0] === server ? servers[1] : servers[0];
  }
  async function info(server: RedisServer): Promise<string> {
    return String(await ask(server.port, PASSWORD, 'INFO', 'replication').catch(() => ''));
  }

  const set: SentinelSet = {
    url: `redis${tls ? 's' : ''}+sentinel://:${PASSWORD}@${ports.map((port) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    sentinelPassword: SENTINEL_PASSWORD,
    servers,
    primary,
    replica: async () => await other(await primary()),
    async revive(server) {
      const known = servers.find((each) => each === server);
      const leader = await primary();
      await known?.start(leader === server ? undefined : leader.port);
    },
    async promotedInsteadOf(server) {
      const next = await other(server);
      await until(
        async () => (await primary()) === next && (await info(next)).includes('role:master'),
        'another server is the primary',
        // Sentinels that were too slow to agree try again only after a while.
        PROMOTED_WITHIN_MS,
      );
    },
    async whole() {
      await until(
        async () => /state=online/.test(await info(await primary())),
        'the primary has a replica',
        60_000,
      );
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.thaw();
      const over = [...children].map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(over);
      process.off('exit', killAll);
      killAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await until(
    async () => {
      const known = await Promise.all(
        ports.map((port) => ask(port, SENTINEL_PASSWORD, 'SENTINEL', 'MASTER', NAME).catch(() => [])),
      );
      return known.every(
        (each) => knows(each, 'num-slaves', 1) && knows(each, 'num-other-sentinels', SENTINELS - 1),
      );
    },
    'the Sentinels know each other and the replica',
    30_000,
  );
  await set.whole();
  return set;
}

interface Startable extends RedisServer {
  start(replicaOf: number | undefined): Promise<void>;
}

function startable(
  port: number,
  folder: string,
  run: (replicaOf: number | undefined) => ChildProcess,
): Startable {
  let child: ChildProcess | undefined;
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (ending === undefined) return;
    const over = once(ending, 'exit');
    ending.kill(signal);
    await over;
  }
  return {
    port,
    folder,
    isUp: () => child !== undefined,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async start(replicaOf) {
      if (child !== undefined) return;
      const started = run(replicaOf);
      child = started;
      started.once('exit', () => {
        child = undefined;
      });
    },
  };
}

function serverArguments(port: number, folder: string, tls: TlsFiles | undefined): string[] {
  const settings: Readonly<Record<string, string>> = {
    bind: '127.0.0.1',
    ...portSettings(port, tls),
    requirepass: PASSWORD,
    masterauth: PASSWORD,
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    save: '',
    'repl-diskless-sync-delay': '0',
    'repl-ping-replica-period': '1',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

function portSettings(port: number, tls: TlsFiles | undefined): Readonly<Record<string, string>> {
  if (tls === undefined) return { port: `${port}` };
  return {
    port: '0',
    'tls-port': `${port}`,
    'tls-cert-file': tls.cert,
    'tls-key-file': tls.key,
    'tls-ca-cert-file': tls.ca,
    'tls-auth-clients': 'no',
    'tls-replication': 'yes',
  };
}

function sentinelConfig(
  port: number,
  primary: number,
  downAfterMs: number,
  tls: TlsFiles | undefined,
): string {
  return [
    'bind 127.0.0.1',
    ...Object.entries(portSettings(port, tls)).map(([name, value]) => `${name} ${value}`),
    `requirepass ${SENTINEL_PASSWORD}`,
    `sentinel sentinel-pass ${SENTINEL_PASSWORD}`,
    `sentinel monitor ${NAME} 127.0.0.1 ${primary} 2`,
    `sentinel auth-pass ${NAME} ${PASSWORD}`,
    `sentinel down-after-milliseconds ${NAME} ${downAfterMs}`,
    `sentinel failover-timeout ${NAME} 3000`,
    '',
  ].join('\n');
}

function tlsOf(tls: TlsFiles | undefined): { readonly tls?: { readonly rejectUnauthorized: false } } {
  return tls === undefined ? {} : { tls: { rejectUnauthorized: false } };
}

async function isReachable(port: number, tls: TlsFiles | undefined): Promise<void> {
  const redis = new Redis({ port, password: PASSWORD, ...tlsOf(tls) });
  redis.on('error', () => {});
  await until(() => redis.status === 'ready', 'the first server answers', UP_WITHIN_MS);
  redis.disconnect();
}

function votesFor(server: RedisServer, votes: readonly number[]): number {
  return votes.filter((port) => port === server.port).length;
}

function knows(reply: unknown, field: string, value: number): boolean {
  const words = Array.isArray(reply) ? reply.map(String) : [];
  return Number(words[words.indexOf(field) + 1]) >= value;
}
