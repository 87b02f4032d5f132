import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { withReconnect } from '../../../src/platform/queue/redis-connection.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const server = await openTestRedis();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)('a connection that lasts', () => {
  const url = server?.url ?? '';
  const open = (): Redis => {
    const redis = withReconnect(new Redis(url, { retryStrategy: () => 10 }));
    redis.on('error', () => {});
    return redis;
  };
  const isReady = (redis: Redis) => until(() => redis.status === 'ready', 'it is connected');

  it.each([
    ['itself', (redis: Redis) => redis],
    ['what BullMQ makes of it', (redis: Redis) => redis.duplicate({ connectionName: 'x' })],
  ])('comes back when it is broken off while it connects: %s', async (_, choose) => {
    const first = open();
    const redis = choose(first);
    try {
      await isReady(redis);
      for (let round = 0; round < 5; round += 1) {
        // Breaks it off once while it is open, and once while it connects.
        const broken = once(redis, 'connecting').then(() => redis.disconnect(true));
        redis.disconnect(true);
        await broken;
        await isReady(redis);
        expect(await redis.ping()).toBe('PONG');
      }
    } finally {
      redis.disconnect();
      first.disconnect();
    }
  });

  it.each([
    ['while it is open', isReady],
    ['while it connects', async () => {}],
  ])('ends when its owner ends it %s', async (_, wait) => {
    const redis = open();
    await wait(redis);
    redis.disconnect();
    await until(() => redis.status === 'end', 'it has ended');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(redis.status).toBe('end');
  });

  it('ends with QUIT', async () => {
    const redis = open();
    await isReady(redis);
    await redis.quit();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(redis.status).toBe('end');
  });
});
