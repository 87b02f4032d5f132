import { parentPort } from 'node:worker_threads';
import { createTapedCase } from '../case/taped-case.ts';
import type { CaseAnswer, CaseMessage } from './case-thread.ts';

/** Runs in a thread of its own: takes what was read of a case tape by tape, and answers the diagnosis. */
const port = parentPort;
const taped = createTapedCase();

function answer(message: CaseAnswer): void {
  port?.postMessage(message);
}

port?.on('message', (message: CaseMessage) => {
  if (message.kind === 'tape') {
    taped.play(message.tape);
    answer({ kind: 'taken' });
    return;
  }
  answer({ kind: 'done', diagnosis: taped.finish(message.receipt, message.focus) });
  port.close();
});
