import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { connectWithRetry, disconnect } from '../../../src/platform/queue/redis-connection.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const server = await openTestRedis();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)('a connection', () => {
  it('sends the commands of one turn together, also after it was broken off', async () => {
    const redis = connectWithRetry({ url: server?.url ?? '', minReplicas: 0 }, silentLogger);
    try {
      for (const reconnects of [true, false]) {
        await until(async () => (await redis.ping()) === 'PONG', 'it is connected');
        const answers = [redis.echo('one'), redis.echo('two')];
        expect(redis.stream.writableLength).toBeGreaterThan('one'.length + 'two'.length);
        expect(await Promise.all(answers)).toEqual(['one', 'two']);
        if (!reconnects) continue;
        const closed = once(redis, 'close');
        redis.disconnect(true);
        await closed;
      }
    } finally {
      await disconnect(redis);
    }
  });
});
