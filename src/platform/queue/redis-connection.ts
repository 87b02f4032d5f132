import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { FtmError } from '../../engine/ftm-error.ts';
import { isSentinelUrl, parseSentinelUrl, type RedisSettings } from '../config/redis-address.ts';
import { joinWrites } from '../net/join-writes.ts';
import type { Logger } from '../observe/logger.ts';
import { queueUnavailable } from './job-rules.ts';
import { SCRIPTS } from './redis-scripts.ts';
import { notReplicated, watchReplicas } from './replicas.ts';

const TIMEOUT_MS = 1_200;
/** The rest of the two seconds that a person may wait, if Redis came back at the last moment. */
const WORK_MS = 700;

/**
 * After this time without a response the connection is closed and opened again: a server that hangs, and was replaced
 * meanwhile, keeps its connections open. Workers wait for jobs up to 10 s at a time.
 */
const SILENCE_MS = { failingFast: 4_000, patient: 15_000 };

/** ioredis ties `replyMapping` to the type of the client; it is not used here. */
type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

const LOG_INTERVAL_MS = 30_000;

/**
 * For calls on behalf of a waiting person: a command fails at once if Redis is unavailable. Use with
 * `whileReachable`.
 */
export function connectFailingFast(to: RedisSettings, log: Logger): Redis {
  return connect(to, log, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // A command that was sent when the connection broke must not run later: its caller was told that it failed.
    autoResendUnfulfilledCommands: false,
    commandTimeout: TIMEOUT_MS + WORK_MS,
    socketTimeout: SILENCE_MS.failingFast,
  });
}

/** For work already accepted: commands wait until Redis is available again. */
export function connectWithRetry(to: RedisSettings, log: Logger): Redis {
  return connect(to, log, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MS.patient });
}

/**
 * For a subscriber, which subscribes at each `ready`. ioredis would do so by itself, but does not catch its errors: one
 * of them ends the process if the connection is closed meanwhile.
 */
export function connectForSubscriptions(to: RedisSettings, log: Logger): Redis {
  return connect(to, log, {
    maxRetriesPerRequest: null,
    socketTimeout: SILENCE_MS.patient,
    autoResubscribe: false,
  });
}

function connect(to: RedisSettings, log: Logger, options: ConnectionOptions): Redis {
  const settings: ConnectionOptions = {
    connectTimeout: 2_000,
    scripts: SCRIPTS,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
    // After a failover the old primary answers READONLY: connect again, and repeat the command.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    ...options,
  };
  const redis = withReconnect(
    isSentinelUrl(to.url) ? new Redis({ ...settings, ...throughSentinels(to) }) : new Redis(to.url, settings),
  );
  redis.on('connect', () => joinWrites(redis.stream));
  let said = 0;
  redis.on('sentinelError', (error: Error) => lastErrors.set(redis, error));
  redis.on('error', (error: Error) => {
    // That no Sentinel helps is reported after the reason of the last one.
    if (!lastErrors.has(redis) || !isSentinelUrl(to.url)) lastErrors.set(redis, error);
    if (Date.now() - said < LOG_INTERVAL_MS) return;
    said = Date.now();
    log.warn({ err: error }, 'no connection to Redis, trying again');
  });
  redis.on('ready', () => {
    if (said > 0) log.info({}, 'connected to Redis again');
    said = 0;
    lastErrors.delete(redis);
  });
  return redis;
}

/** Why there is no connection, in the words of the server or the network: for operators, not for askers. */
const lastErrors = new WeakMap<Redis, Error>();

function throughSentinels({ url, sentinelUsername, sentinelPassword }: RedisSettings): ConnectionOptions {
  const address = parseSentinelUrl(url);
  if (typeof address === 'string') throw new FtmError('ftm_config_invalid', `REDIS_URL ${address}.`);
  const { sentinels, tls, ...rest } = address;
  return {
    ...rest,
    sentinels: [...sentinels],
    sentinelUsername,
    sentinelPassword,
    ...(tls ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
    sentinelCommandTimeout: 1_000,
    sentinelRetryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
  };
}

/** Settles within two seconds; every failure becomes `ftm_queue_unavailable`. */
export async function whileReachable<T>(
  redis: Redis,
  work: () => Promise<T>,
  patienceMs = TIMEOUT_MS,
): Promise<T> {
  const begun = performance.now();
  if (!(await becomesReady(redis, patienceMs))) throw queueUnavailable('Redis is not reachable');
  const { promise: tooSlow, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error('Redis took too long')),
    patienceMs + WORK_MS - (performance.now() - begun),
  );
  try {
    return await Promise.race([work(), tooSlow]);
  } catch (error) {
    throw error instanceof FtmError ? error : queueUnavailable('Redis did not execute the command', error);
  } finally {
    clearTimeout(timer);
  }
}

async function becomesReady(redis: Redis, patienceMs: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  if (redis.status === 'end') return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const ready = (): void => resolve(true);
  const timer = setTimeout(resolve, patienceMs, false);
  redis.once('ready', ready);
  const isReady = await promise;
  clearTimeout(timer);
  redis.off('ready', ready);
  return isReady;
}

/** Ends a connection without waiting for an unavailable Redis. */
export async function disconnect(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await Promise.race([redis.quit().catch(() => {}), sleep(500)]);
  redis.disconnect();
}

/** `patienceMs`: how long a call waits for Redis to come back before it rejects. */
export function openRedisGateway(to: RedisSettings, log: Logger, patienceMs?: number): RedisGateway {
  const redis = connectFailingFast(to, log);
  const replicas = watchReplicas(redis, to.minReplicas);
  return {
    execute: (work) => whileReachable(redis, () => work(redis), patienceMs),
    executeDurably: (work) => whileReachable(redis, () => replicas.keep(() => work(redis)), patienceMs),
    close: () => disconnect(redis),
  };
}

const RECONNECT_DELAY_MS = 200;

/**
 * If a connection breaks while it is being established (a failover that the Sentinels announce, a server that answers
 * too late), ioredis 6.0 ends it for good, as if its owner had asked for that. This reconnects until the owner ends
 * it, also for the connections that BullMQ duplicates from it.
 */
export function withReconnect(redis: Redis): Redis {
  let wasOpen = false;
  redis.on('connecting', () => {
    wasOpen = false;
  });
  redis.on('close', () => {
    wasOpen = true;
  });
  redis.on('end', () => {
    if (!wasOpen && !isEnded(redis)) void connectAgain(redis);
  });
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => withReconnect(duplicate(override) as Redis);
  return redis;
}

async function connectAgain(redis: Redis): Promise<void> {
  await sleep(RECONNECT_DELAY_MS, undefined, { ref: false });
  // The owner may have ended it meanwhile; any other end is handled here again.
  if (redis.status === 'end' && !isEnded(redis)) await redis.connect().catch(() => {});
}

/** The field records that the owner ended it, until an open connection has closed. */
function isEnded(redis: Redis): boolean {
  return Reflect.get(redis, 'manuallyClosing') === true;
}

/**
 * BullMQ loses jobs on a server that evicts keys, and cannot write to a replica; without replicas a failover loses
 * jobs. Rejects with `ftm_queue_unavailable`.
 */
export async function checkRedis(redis: Redis, minReplicas = 0): Promise<void> {
  const info = await whileReachable(redis, () => redis.info()).catch((error: unknown) => {
    const why = lastErrors.get(redis)?.message;
    throw why === undefined ? error : queueUnavailable(`Redis is not reachable (${why})`, error);
  });
  const policy = field(info, 'maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new FtmError(
      'ftm_queue_unavailable',
      `Redis may evict jobs: its maxmemory-policy is "${policy}".`,
      { advice: 'Set "maxmemory-policy noeviction" on the server that REDIS_URL names.' },
    );
  }
  const role = field(info, 'role');
  if (role !== undefined && role !== 'master') {
    throw new FtmError('ftm_queue_unavailable', 'REDIS_URL names a read-only replica.', {
      advice: 'Use the address of the primary.',
      retryable: true,
    });
  }
  const online = info.match(/^slave\d+:.*\bstate=online\b/gm)?.length ?? 0;
  if (online < minReplicas) throw notReplicated(online, minReplicas);
}

function field(info: string, name: string): string | undefined {
  const line = info.split(/\r?\n/).find((each) => each.startsWith(`${name}:`));
  return line?.slice(name.length + 1);
}

/** A connection that rejects with `ftm_queue_unavailable` instead of waiting for an unavailable Redis. */
export interface RedisGateway {
  execute<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  /** The same, and resolves when the written data would survive the loss of the server. */
  executeDurably<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
