import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type CaseTape, recordCase } from '../case/case-tape.ts';
import { createRedactingReader } from '../case/redacting-reader.ts';
import type { CaseFocus } from '../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { RedactionReceipt } from '../redact/types.ts';
import { explainThreadError } from '../threads/task-thread.ts';

export type CaseMessage =
  | { readonly kind: 'tape'; readonly tape: CaseTape }
  | { readonly kind: 'finish'; readonly receipt: RedactionReceipt; readonly focus: CaseFocus };

export type CaseAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'done'; readonly diagnosis: Diagnosis };

/** A case that two threads work on: this one reads, mends and redacts, the other understands what is left. */
export interface CaseThread extends AsyncDisposable {
  /** Resolves when the other thread is ready for more. The bytes may be reused then. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<Diagnosis>;
}

/**
 * A long log makes short-lived objects without end, and V8 gives them ever more room, which nobody needs: what a core's
 * own cache holds is enough, and less would be collected too often. What is kept is little, so that the heap need not
 * grow by more than half between two collections.
 */
const THRIFT = ['--min-semi-space-size=8', '--semi-space-growth-factor=1', '--heap-growing-percent=50'];
/** Tapes on their way: what one thread may be ahead of the other, as some pieces are more work for one of them. */
const MAX_IN_FLIGHT = 4;

/** What takes more ends with an error that says so. */
const HEAP_MB = 1024;

/** `seen` is text that is known beforehand. */
export function openCaseThread(focus: CaseFocus, seen: readonly string[]): CaseThread {
  const file = import.meta.url.endsWith('.ts') ? './case-worker.ts' : './case-worker.js';
  for (const flag of THRIFT) setFlagsFromString(flag);
  const worker = new Worker(new URL(file, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const recorder = recordCase();
  const reader = createRedactingReader(recorder.open, seen);
  let underway = 0;
  worker.on('message', ({ kind }: CaseAnswer) => {
    if (kind === 'taken') underway -= 1;
  });

  function send(message: CaseMessage): void {
    worker.postMessage(message, []);
  }

  function sendTape(): void {
    underway += 1;
    send({ kind: 'tape', tape: recorder.take() });
  }

  async function nextAnswer(): Promise<CaseAnswer> {
    try {
      const [answer] = (await once(worker, 'message')) as [CaseAnswer];
      return answer;
    } catch (error) {
      throw explainThreadError(error);
    }
  }

  return {
    async add(name, bytes) {
      reader.add(name, bytes);
      sendTape();
      if (underway > MAX_IN_FLIGHT) await nextAnswer();
    },
    async finish() {
      const receipt = reader.finish();
      sendTape();
      send({ kind: 'finish', receipt, focus });
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
