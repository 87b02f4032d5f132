import type { Records } from './records.ts';
import type { RedisGateway } from './redis-gateway.ts';

/** KEYS record · ARGV text, version that was read, keep ms → 1 if nobody wrote since */
const PUT = `
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if version ~= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'text', ARGV[1], 'version', version + 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;

/** KEYS set · ARGV member, at, oldest, keep ms */
const ADD_MEMBER = `
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
`;

/** KEYS table, record · ARGV field, text, keep ms, text of the record, keep ms of the record → number of fields */
const ADD_FIELD = `
if KEYS[2] and redis.call('HSETNX', KEYS[2], 'version', 1) == 1 then
  redis.call('HSET', KEYS[2], 'text', ARGV[4])
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('HLEN', KEYS[1])
`;

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
        async (redis) => (await redis.eval(PUT, 1, recordKey(key), text, version, keepMs)) === 1,
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
        await redis.eval(ADD_MEMBER, 1, setKey(set), member, at, Date.now() - keepMs, keepMs);
      }),
    removeMember: (set, member) =>
      gateway.execute(async (redis) => {
        await redis.zrem(setKey(set), member);
      }),
    membersSince: (set, since) => gateway.execute((redis) => redis.zrangebyscore(setKey(set), since, '+inf')),
    addField: (table, field, text, keepMs, beside) =>
      gateway.executeDurably(async (redis) => {
        const keys = [tableKey(table), ...(beside ? [recordKey(beside.key)] : [])];
        const more = beside ? [beside.text, beside.keepMs] : [];
        return Number(await redis.eval(ADD_FIELD, keys.length, ...keys, field, text, keepMs, ...more));
      }),
    fields: (table) =>
      gateway.execute(async (redis) => new Map(Object.entries(await redis.hgetall(tableKey(table))))),
    countFields: (table) => gateway.execute((redis) => redis.hlen(tableKey(table))),
    field: (table, field) =>
      gateway.execute(async (redis) => (await redis.hget(tableKey(table), field)) ?? undefined),
  };
}
