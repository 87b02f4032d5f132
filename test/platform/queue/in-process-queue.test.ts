import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import { describeBackgroundJobs } from './background-conformance.ts';
import { describeJobQueue } from './conformance.ts';
import { describeEndsOfJobs } from './ending-conformance.ts';
import type { Work } from './queue-under-test.ts';
import { describeSchedules } from './schedule-conformance.ts';
import { describeWaitingAge } from './waiting-age.ts';

function newBackend() {
  const queue = createInProcessQueue<Work, string>({ log: silentLogger });
  return { open: () => queue };
}

describeJobQueue('in process', newBackend);
describeEndsOfJobs('in process', newBackend);
describeWaitingAge('in process', newBackend);
describeBackgroundJobs('in process', newBackend);
describeSchedules('in process', newBackend, { concurrent: true });
