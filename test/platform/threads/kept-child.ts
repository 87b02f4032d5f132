import { TaskThread } from '../../../src/platform/threads/task-thread.ts';

/** A process that has nothing more to do, while its thread waits for another task for an hour. */
const thread = new TaskThread<string, string>({
  module: './tasks',
  from: import.meta.url,
  heapMb: 32,
  timeLimitMs: 60_000,
  idleMs: 3_600_000,
});
process.stdout.write(`${await thread.run('its only task')}\n`);
