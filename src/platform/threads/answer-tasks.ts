import { parentPort } from 'node:worker_threads';
import { FtmError } from '../../engine/ftm-error.ts';
import type { TaskAnswer } from './task-thread.ts';

/** The thread's side of `TaskThread`, which sends one task after the other. */
export function answerTasks(handle: (task: never) => unknown): void {
  async function handleTask(task: never): Promise<void> {
    parentPort?.postMessage(await answerTo(task, handle), []);
  }
  parentPort?.on('message', (task: unknown) => void handleTask(task as never));
}

async function answerTo(task: never, handle: (task: never) => unknown): Promise<TaskAnswer<unknown>> {
  try {
    return { kind: 'done', answer: await handle(task) };
  } catch (error) {
    if (!(error instanceof FtmError)) throw error;
    return { kind: 'failed', code: error.code, message: error.message, advice: error.advice };
  }
}
