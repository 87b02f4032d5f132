import { silentLogger } from '../../src/observe/logger.ts';
import { createInProcessQueue } from '../../src/queue/in-process-queue.ts';
import { describeJobQueue, type Work } from './conformance.ts';
import { describeWaitingAge } from './waiting-age.ts';

function newBackend() {
  const queue = createInProcessQueue<Work, string>({ log: silentLogger });
  return { open: () => queue };
}

describeJobQueue('in process', newBackend);
describeWaitingAge('in process', newBackend);
