/** Says whether the queue behind these Sentinels can be used; a process of its own, as authorities are read at start. */
import process from 'node:process';
import { silentLogger } from '../../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../../src/platform/queue/bullmq-queue.ts';

const [url = '', sentinelPassword = ''] = process.argv.slice(2);
const queue = createBullmqQueue<string, string>({ url, sentinelPassword, minReplicas: 1, log: silentLogger });
let said = 'not tried';
for (let tries = 0; tries < 5 && said !== 'queued'; tries += 1) {
  said = await queue.enqueue({ id: 'one', data: '' }).then(
    ({ state }) => state,
    (error: Error) => error.message,
  );
}
process.stdout.write(said);
process.exit(0);
