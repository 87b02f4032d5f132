import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import { createRedisRunStore } from '../../../src/platform/store/redis-run-store.ts';
import { freePort } from '../../../src/stand-ins/redis/throw-away-server.ts';
import { openTestRedis } from '../../support/redis.ts';
import { describeRunStore } from './conformance.ts';

const redis = await openTestRedis();
const KEEP_MS = 60_000;
let places = 0;

function open(url: string, prefix: string, keepMs?: number) {
  const door = openRedisGateway({ url }, silentLogger);
  return createRedisRunStore({
    gateway: door,
    prefix,
    log: silentLogger,
    keepMs,
  });
}

afterAll(() => redis?.stop());

describe.skipIf(redis === undefined)('on Redis', () => {
  const { url = '', prefix = '' } = redis ?? {};
  function newPlace(): string {
    places += 1;
    return `${prefix}${places}`;
  }

  describeRunStore('Redis', () => {
    const place = newPlace();
    return { open: () => open(url, place) };
  });

  const base =
    '{"id":"a","asker":{"id":"U"},"replyTo":{"channel":"C"},"acceptedAt":1,"kind":"check","new":{"x":1}}';

  it.each([
    ['tolerates fields of a newer version', { base, newer: '1' }, { id: 'a', kind: 'check' }],
    ['has no run without a readable base', { base: '{"id":1}' }, undefined],
    ['has no run from broken JSON', { base: '{' }, undefined],
    [
      'drops an outcome it cannot read',
      { base, outcome: '{"kind":"diagnosed"}', rootTs: '"1.1"' },
      { rootTs: '1.1' },
    ],
  ])('%s', async (_what, fields, expected) => {
    const place = newPlace();
    const store = open(url, place);
    const direct = new Redis(url);
    await direct.hset(`${place}:run:a`, fields);
    const run = await store.get('a');
    if (expected === undefined) expect(run).toBeUndefined();
    else expect(run).toMatchObject(expected);
    expect(Object.keys(run ?? {})).not.toEqual(expect.arrayContaining(['new']));
    expect(run?.outcome).toBeUndefined();
    direct.disconnect();
    await store.close();
  });

  it('leaves nothing behind when its time is over', async () => {
    const place = newPlace();
    const store = open(url, place, KEEP_MS);
    const direct = new Redis(url);
    await store.create({
      id: 'a',
      asker: { id: 'U' },
      replyTo: { channel: 'C', thread: '1.1' },
      acceptedAt: Date.now(),
      alias: 'fgt',
      kind: 'check',
    });
    const keys = await direct.keys(`${place}:*`);
    expect(keys).toHaveLength(5);
    const left = await Promise.all(keys.map((key) => direct.pttl(key)));
    expect(left.every((ms) => ms > 0 && ms <= KEEP_MS)).toBe(true);
    direct.disconnect();
    await store.close();
  });
});

it('rejects instead of waiting for a Redis that is away', async () => {
  const store = open(`redis://127.0.0.1:${await freePort()}`, 'x');
  await expect(store.get('a')).rejects.toMatchObject({ code: 'ftm_queue_unavailable' });
  await store.close();
});
