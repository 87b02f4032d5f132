import type { Redis } from 'ioredis';
import type { Logger } from '../observe/logger.ts';
import type { RedisGateway } from '../queue/redis-connection.ts';
import { runScript } from '../queue/redis-scripts.ts';
import type { Run } from '../runs/run.ts';
import { fieldsOfPatch, fieldsOfRun, getThread, KEEP_RUNS_MS, runFromFields } from './run-fields.ts';
import type { LeaseState, RunStore } from './run-store.ts';

export interface RedisRunStoreOptions {
  /** Closed with the store. */
  readonly gateway: RedisGateway;
  readonly log: Logger;
  /** Of all keys; a `{tag}` keeps them together in a cluster. */
  readonly prefix?: string;
  readonly keepMs?: number;
}

export function createRedisRunStore(options: RedisRunStoreOptions): RunStore {
  const { gateway, prefix = '{ftm}', keepMs = KEEP_RUNS_MS } = options;
  const runKey = (id: string): string => `${prefix}:run:${id}`;
  const leaseKey = (id: string): string => `${prefix}:opening:${id}`;
  const deviceKey = (alias: string): string => `${prefix}:runs-of-device:${alias}`;
  const askerKey = (asker: string): string => `${prefix}:runs-of-asker:${asker}`;
  const unansweredKey = `${prefix}:runs-unanswered`;
  const threadKey = (channel: string, thread: string): string =>
    `${prefix}:runs-of-thread:${channel}:${thread}`;

  async function read(redis: Redis, id: string): Promise<Run | undefined> {
    const fields = await redis.hgetall(runKey(id));
    const run = runFromFields(fields);
    if (run === undefined && fields.base !== undefined)
      options.log.warn({ run: id }, 'a stored run cannot be read');
    return run;
  }

  async function readAll(redis: Redis, ids: readonly string[]): Promise<readonly Run[]> {
    const runs = await Promise.all(ids.map((id) => read(redis, id)));
    return runs.filter((run) => run !== undefined);
  }

  /**
   * Indexes hold ids by time and drop old ones; adding an id twice changes nothing, so a retry after a crash repairs
   * them.
   */
  async function index(redis: Redis, run: Run): Promise<void> {
    const thread = getThread(run);
    const keys = [
      askerKey(run.asker.id),
      ...(run.alias === undefined ? [] : [deviceKey(run.alias)]),
      ...(thread === undefined ? [] : [threadKey(run.replyTo.channel, thread)]),
    ];
    await Promise.all(
      keys.map((key) =>
        redis
          .multi()
          .zadd(key, run.acceptedAt, run.id)
          .zremrangebyscore(key, '-inf', Date.now() - keepMs)
          .pexpire(key, keepMs)
          .exec(),
      ),
    );
  }

  function newest(key: string, limit: number): Promise<readonly Run[]> {
    return gateway.execute(async (redis) => {
      if (limit <= 0) return [];
      const since = `(${Date.now() - keepMs}`;
      const ids = await redis.zrange(key, '+inf', since, 'BYSCORE', 'REV', 'LIMIT', 0, limit);
      return await readAll(redis, ids);
    });
  }

  return {
    create: (run) =>
      gateway.executeDurably(async (redis) => {
        const fields = Object.entries(fieldsOfRun(run)).flat();
        const { id, acceptedAt } = run;
        const head = [acceptedAt + keepMs, id, acceptedAt, keepMs];
        const isNew = await runScript(redis, 'createRun', runKey(id), unansweredKey, ...head, ...fields);
        const stored = (isNew === 1 ? undefined : await read(redis, run.id)) ?? run;
        await index(redis, stored);
        return stored;
      }),
    get: (id) => gateway.execute((redis) => read(redis, id)),
    update: (id, patch) =>
      gateway.executeDurably(async (redis) => {
        const fields = Object.entries(fieldsOfPatch(patch)).flat();
        await runScript(redis, 'updateRun', runKey(id), unansweredKey, id, ...fields);
        const run = patch.rootTs === undefined ? undefined : await read(redis, id);
        if (run !== undefined) await index(redis, run);
      }),
    acquireLease: (id, owner, forMs) =>
      gateway.executeDurably(async (redis) => {
        const state = await runScript(redis, 'acquireLease', runKey(id), leaseKey(id), owner, forMs);
        return state as LeaseState;
      }),
    releaseLease: (id, owner) =>
      gateway.execute(async (redis) => void (await runScript(redis, 'releaseLease', leaseKey(id), owner))),
    byAsker: (asker, limit) => newest(askerKey(asker), limit),
    byDevice: (alias, limit) => newest(deviceKey(alias), limit),
    byThread: (channel, thread, limit) => newest(threadKey(channel, thread), limit),
    unanswered: ({ from, until }, limit) =>
      gateway.execute(async (redis) => {
        if (limit <= 0) return [];
        await redis.zremrangebyscore(unansweredKey, '-inf', Date.now() - keepMs);
        const ids = await redis.zrange(unansweredKey, `${from}`, `${until}`, 'BYSCORE', 'LIMIT', 0, limit);
        return (await readAll(redis, ids)).filter(({ answeredAt }) => answeredAt === undefined);
      }),
    close: () => gateway.close(),
  };
}
