import { FtmError } from '../../../src/engine/ftm-error.ts';
import { answerTasks } from '../../../src/platform/threads/answer-tasks.ts';

/** A thread's module for tests: what it does with its task is in the task. */
let done = 0;

answerTasks(doTask);

async function doTask(task: string): Promise<string> {
  const kept: string[][] = [];
  done += 1;
  switch (task) {
    case 'refuse':
      throw new FtmError('ftm_evidence_unreadable', 'It is no text.', { advice: 'Send another.' });
    case 'throw':
      throw new Error('a fault of ours');
    case 'exit':
      return process.exit(3);
    case 'fill memory':
      for (;;) kept.push(Array.from({ length: 1000 }, (_, at) => `${at} ${Math.random()}`));
    case 'never end':
      for (;;);
    case 'wait':
      return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    case 'count':
      return `task ${done} of its thread`;
    case 'throw later':
      setTimeout(() => {
        throw new Error('a fault of ours');
      });
      return 'did nothing yet';
    default:
      return `did ${task}`;
  }
}
