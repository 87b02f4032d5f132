/** A worker process to be killed: takes jobs, says so on stdout, and never ends one. */
import { silentLogger } from '../../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../../src/platform/queue/bullmq-queue.ts';

const [url = '', prefix = '', name = '', lockMs = ''] = process.argv.slice(2);
const queue = createBullmqQueue<unknown, string>({
  url,
  prefix,
  name,
  lockMs: Number(lockMs),
  log: silentLogger,
});
await queue.process(
  (_work, { id }) => {
    process.stdout.write(`took ${id}\n`);
    return new Promise(() => {});
  },
  { concurrency: 2, attempts: 3, backoffMs: 10, timeLimitMs: 60_000 },
);
