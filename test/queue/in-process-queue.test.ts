import { silentLogger } from '../../src/observe/logger.ts';
import { createInProcessQueue } from '../../src/queue/in-process-queue.ts';
import { describeJobQueue, type Work } from './conformance.ts';

describeJobQueue('in process', () => {
  const queue = createInProcessQueue<Work, string>({ log: silentLogger });
  return { open: () => queue };
});
