import { createTaskThread } from '../../../src/platform/threads/task-thread.ts';

/** A process that has nothing more to do, while its thread waits for another task for an hour. */
const module = new URL('./tasks.ts', import.meta.url);
const thread = createTaskThread<string, string>({
  module,
  heapMb: 32,
  timeLimitMs: 60_000,
  idleMs: 3_600_000,
});
process.stdout.write(`${await thread.run('its only task')}\n`);
