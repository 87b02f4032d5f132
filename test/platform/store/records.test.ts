import { afterAll, describe } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createRedisRecords } from '../../../src/platform/store/redis-records.ts';
import { openTestRedis } from '../../support/redis.ts';
import { describeRecords } from './records-conformance.ts';

const redis = await openTestRedis();
const { url = '', prefix = '' } = redis ?? {};
const door = redis === undefined ? undefined : openRedisGateway({ url }, silentLogger);
let places = 0;

afterAll(async () => {
  await door?.close();
  await redis?.stop();
});

describeRecords('in memory', () => {
  const records = createMemoryRecords();
  return { open: () => records };
});

describe.skipIf(door === undefined)('on a real server', () => {
  describeRecords('Redis', () => {
    places += 1;
    const place = `${prefix}${places}`;
    return {
      open() {
        if (door === undefined) throw new Error('there is no server');
        return createRedisRecords(door, place);
      },
    };
  });
});
