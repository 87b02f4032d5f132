import { parentPort } from 'node:worker_threads';
import { FtmError } from '../ftm-error.ts';
import type { TaskAnswer } from './task-thread.ts';

/** The other side of `createTaskThread`: answers the one task that this thread was started for. */
export function answerTasks<Task>(handle: (task: Task) => unknown): void {
  parentPort?.once('message', (task: Task) => {
    void answerTo(task, handle).then((answer) => parentPort?.postMessage(answer, []));
  });
}

async function answerTo<Task>(task: Task, handle: (task: Task) => unknown): Promise<TaskAnswer<unknown>> {
  try {
    return { kind: 'done', answer: await handle(task) };
  } catch (error) {
    if (!(error instanceof FtmError)) throw error;
    return { kind: 'failed', code: error.code, message: error.message, advice: error.advice };
  }
}
