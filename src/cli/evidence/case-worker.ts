import { parentPort } from 'node:worker_threads';
import { createRedactedCase } from '../../engine/case/stream-case.ts';
import type { CaseAnswer, CaseTask } from './case-thread.ts';

/** Runs in a separate thread: receives what was read of a case in parts, and returns the diagnosis. */
const evidence = createRedactedCase();

function answer(message: CaseAnswer): void {
  parentPort?.postMessage(message, []);
}

parentPort?.on('message', (task: CaseTask) => {
  if (task.kind === 'piece') {
    evidence.add(task.messages);
    answer({ kind: 'taken' });
    return;
  }
  answer({ kind: 'done', diagnosis: evidence.finish(task.receipt, task.focus) });
  parentPort?.close();
});
