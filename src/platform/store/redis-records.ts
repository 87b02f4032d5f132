import type { RedisGateway } from '../queue/redis-connection.ts';
import { runScript } from '../queue/redis-scripts.ts';
import type { Records } from './records.ts';

/** The owner closes the gateway. */
export function createRedisRecords(
  gateway: Pick<RedisGateway, 'execute' | 'executeDurably'>,
  prefix = '{ftm}',
): Records {
  const recordKey = (key: string): string => `${prefix}:record:${key}`;
  const claimKey = (key: string): string => `${prefix}:claim:${key}`;
  const setKey = (set: string): string => `${prefix}:noted:${set}`;
  const tableKey = (table: string): string => `${prefix}:table:${table}`;

  return {
    get: (key) =>
      gateway.execute(async (redis) => {
        const [text, version] = await redis.hmget(recordKey(key), 'text', 'version');
        if (text === null || text === undefined) return undefined;
        return { text, version: Number(version) };
      }),
    put: (key, text, version, keepMs) =>
      gateway.executeDurably(
        async (redis) => (await runScript(redis, 'putRecord', recordKey(key), text, version, keepMs)) === 1,
      ),
    remove: (key) =>
      gateway.execute(async (redis) => {
        await redis.del(recordKey(key));
      }),
    claim: (key, keepMs) =>
      gateway.executeDurably(
        async (redis) => (await redis.set(claimKey(key), '1', 'PX', keepMs, 'NX')) === 'OK',
      ),
    addMember: (set, member, at, keepMs) =>
      gateway.executeDurably(async (redis) => {
        await runScript(redis, 'addMember', setKey(set), member, at, Date.now() - keepMs, keepMs);
      }),
    removeMember: (set, member) =>
      gateway.execute(async (redis) => {
        await redis.zrem(setKey(set), member);
      }),
    membersSince: (set, since) => gateway.execute((redis) => redis.zrangebyscore(setKey(set), since, '+inf')),
    addField: (table, field, text, keepMs, beside) =>
      gateway.executeDurably(async (redis) => {
        const keys = [tableKey(table), recordKey(beside?.key ?? '')];
        const more = beside ? [beside.text, beside.keepMs] : [];
        return Number(await runScript(redis, 'addField', ...keys, field, text, keepMs, ...more));
      }),
    fields: (table) =>
      gateway.execute(async (redis) => new Map(Object.entries(await redis.hgetall(tableKey(table))))),
    countFields: (table) => gateway.execute((redis) => redis.hlen(tableKey(table))),
    field: (table, field) =>
      gateway.execute(async (redis) => (await redis.hget(tableKey(table), field)) ?? undefined),
  };
}
