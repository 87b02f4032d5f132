import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type FillerRuns, findFillerRuns } from '../case/filler-runs.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';

export type CaseMessage =
  | { readonly kind: 'seen'; readonly texts: readonly string[] }
  | {
      readonly kind: 'piece';
      readonly name: string;
      readonly buffer: ArrayBuffer;
      readonly length: number;
      readonly runs: FillerRuns;
    }
  | { readonly kind: 'finish' };

/** A piece's memory comes back with the answer, to be used again. */
type Answer =
  | { readonly kind: 'taken'; readonly buffer: ArrayBuffer }
  | { readonly kind: 'done'; readonly diagnosis: Diagnosis };

/** A case that is worked on in a thread of its own; this one meanwhile looks for what need not be worked on. */
export interface CaseThread extends AsyncDisposable {
  /** Resolves when the thread is ready for more. The bytes are copied. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<Diagnosis>;
}

/**
 * A long log makes short-lived objects without end, and V8 gives them ever more room, which nobody needs. Only a thread
 * can be told to do with less once the process runs. Megabytes.
 */
const ROOM_FOR_NEW = 16;
/** Pieces on their way: enough to keep the thread busy while the next is read. */
const MOST_UNDERWAY = 2;

export function openCaseThread(seen: readonly string[]): CaseThread {
  const file = import.meta.url.endsWith('.ts') ? './case-worker.ts' : './case-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: ROOM_FOR_NEW },
  });
  let underway = 0;
  const idle: ArrayBuffer[] = [];
  worker.on('message', (answer: Answer) => {
    if (answer.kind !== 'taken') return;
    underway -= 1;
    idle.push(answer.buffer);
  });

  function send(message: CaseMessage, transfer: ArrayBuffer[] = []): void {
    worker.postMessage(message, transfer);
  }

  async function nextAnswer(): Promise<Answer> {
    const [answer] = (await once(worker, 'message')) as [Answer];
    return answer;
  }

  send({ kind: 'seen', texts: seen });
  return {
    async add(name, bytes) {
      const ready = idle.pop();
      const buffer = ready && ready.byteLength >= bytes.length ? ready : new ArrayBuffer(bytes.length);
      new Uint8Array(buffer).set(bytes);
      underway += 1;
      const runs = findFillerRuns(bytes);
      send({ kind: 'piece', name, buffer, length: bytes.length, runs }, [buffer, runs.buffer]);
      if (underway > MOST_UNDERWAY) await nextAnswer();
    },
    async finish() {
      send({ kind: 'finish' });
      for (;;) {
        const answer = await nextAnswer();
        if (answer.kind === 'done') return answer.diagnosis;
      }
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
