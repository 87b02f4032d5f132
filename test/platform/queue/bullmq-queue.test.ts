import { randomBytes } from 'node:crypto';
import { afterAll, describe } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import { openTestRedis } from '../../support/redis.ts';
import { describeBackgroundJobs } from './background-conformance.ts';
import { describeJobQueue } from './conformance.ts';
import { describeEndsOfJobs } from './ending-conformance.ts';
import type { Work } from './queue-under-test.ts';
import { describeSchedules } from './schedule-conformance.ts';
import { describeWaitingAge } from './waiting-age.ts';

const redis = await openTestRedis();

afterAll(() => redis?.stop());

describe.skipIf(redis === undefined)('on Redis', () => {
  const { url = '', prefix = '' } = redis ?? {};

  const newBackend = () => {
    const name = `q-${randomBytes(4).toString('hex')}`;
    return { open: () => createBullmqQueue<Work, string>({ url, prefix, name, log: silentLogger }) };
  };
  describeJobQueue('BullMQ', newBackend);
  describeEndsOfJobs('BullMQ', newBackend);
  describeWaitingAge('BullMQ', newBackend);
  describeBackgroundJobs('BullMQ', newBackend);
  describeSchedules('BullMQ', newBackend);
});
