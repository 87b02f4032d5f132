import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { createCase } from '../case/stream-case.ts';
import type { CaseMessage } from './case-thread.ts';

/**
 * Runs in a thread of its own: takes the pieces of a case one by one, and answers the diagnosis. What is kept of a log
 * is little, so the heap need not grow by more than half between two collections: that halves the memory at its peak.
 */
setFlagsFromString('--heap-growing-percent=50');
const port = parentPort;
let stream = createCase();
port?.on('message', (message: CaseMessage) => {
  switch (message.kind) {
    case 'seen':
      stream = createCase({}, message.texts);
      return;
    case 'piece':
      stream.add(message.name, new Uint8Array(message.buffer, 0, message.length), message.runs);
      port.postMessage({ kind: 'taken', buffer: message.buffer }, [message.buffer]);
      return;
    case 'finish':
      port.postMessage({ kind: 'done', diagnosis: stream.finish() });
      port.close();
  }
});
