import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type CaseMessages, createCaseEncoder } from '../../engine/case/case-messages.ts';
import { createRedactingReader, type RedactingReader } from '../../engine/case/redacting-reader.ts';
import type { CaseFocus } from '../../engine/diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { RedactionReceipt } from '../../engine/redact/types.ts';
import { sourceHooks } from '../../platform/threads/source-hooks.ts';
import { explainThreadError } from '../../platform/threads/task-thread.ts';

export type CaseTask =
  | { readonly kind: 'piece'; readonly messages: CaseMessages }
  | { readonly kind: 'finish'; readonly receipt: RedactionReceipt; readonly focus: CaseFocus };

export type CaseAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'done'; readonly diagnosis: Diagnosis };

/**
 * A case in two threads: this one reads, normalises and redacts; the other reads logins and other facts from what is left,
 * and diagnoses. What it buys: see docs/adr/0013-long-logs.md.
 */
export interface CaseThread extends AsyncDisposable {
  /** Resolves when the other thread is ready for more. The bytes may be reused then. */
  readonly add: (...piece: Parameters<RedactingReader['add']>) => Promise<void>;
  finish(): Promise<Diagnosis>;
}

/** Chunks in flight: some take longer in one thread, some in the other. */
const MAX_IN_FLIGHT = 4;
/** A case that needs more memory ends with an error that says so. */
const HEAP_MB = 1024;
/** Three parts of 8 MB: short-lived objects then fit the cache of a core. */
const YOUNG_GENERATION_MB = 24;
/**
 * The thread starts with this space: `limitHeap` ends its growth for the whole process as soon as the main thread has
 * enough of it. With V8's first 1 MB, a log of 256 MB took 650 collections instead of 80.
 */
const YOUNG_SPACE = `--min-semi-space-size=${YOUNG_GENERATION_MB / 3}`;

/** `seen` is text that is known in advance. */
export function openCaseThread(focus: CaseFocus, seen: readonly string[]): CaseThread {
  const file = import.meta.url.endsWith('.ts') ? './case-worker.ts' : './case-worker.js';
  const module = new URL(file, import.meta.url);
  setFlagsFromString(YOUNG_SPACE);
  const worker = new Worker(module, {
    ...sourceHooks(module),
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const encoder = createCaseEncoder();
  const reader = createRedactingReader(encoder.open, seen);
  let inFlight = 0;
  worker.on('message', ({ kind }: CaseAnswer) => {
    if (kind === 'taken') inFlight -= 1;
  });

  function send(task: CaseTask): void {
    worker.postMessage(task, []);
  }

  function sendPiece(): void {
    inFlight += 1;
    send({ kind: 'piece', messages: encoder.take() });
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
      sendPiece();
      if (inFlight > MAX_IN_FLIGHT) await nextAnswer();
    },
    async finish() {
      const receipt = reader.finish();
      sendPiece();
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
