import { Worker } from 'node:worker_threads';
import { FtmError, type FtmErrorCode } from '../ftm-error.ts';

/** A thread's answer to a task; an error is passed as its fields. */
export type TaskAnswer<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | {
      readonly kind: 'failed';
      readonly code: FtmErrorCode;
      readonly message: string;
      readonly advice: string | undefined;
    };

export interface TaskThreadOptions {
  /** A module that calls `answerTasks`. */
  readonly module: URL;
  /** Megabytes of JavaScript heap that one task may use. */
  readonly heapMb: number;
  readonly timeLimitMs: number;
}

/** Runs one task at a time, each in its own thread; further tasks wait. */
export interface TaskThread<Task, Answer> {
  /** Rejects with an `FtmError`: the task's own, or `ftm_evidence_too_large` if it took too much memory or time. */
  run(task: Task): Promise<Answer>;
  /** `run` of a task that is only prepared when its turn comes, so that waiting tasks take no memory. Ends when `signal` aborts. */
  runPrepared(prepare: () => PreparedTask<Task>, signal?: AbortSignal): Promise<Answer>;
}

export interface PreparedTask<Task> {
  readonly task: Task;
  /** Moved to the thread instead of copied. */
  readonly transfer: readonly ArrayBuffer[];
}

/** Heap for short-lived objects. Small, since every thread has it beside `heapMb`. */
const YOUNG_GENERATION_MB = 16;

export function createTaskThread<Task, Answer>(options: TaskThreadOptions): TaskThread<Task, Answer> {
  let turn: Promise<unknown> = Promise.resolve();

  function runPrepared(prepare: () => PreparedTask<Task>, signal?: AbortSignal): Promise<Answer> {
    const mine = turn.then(() => runInThread<Answer>(prepare, options, signal));
    turn = mine.catch(() => undefined);
    return mine;
  }

  return { run: (task) => runPrepared(() => ({ task, transfer: [] })), runPrepared };
}

/** The thread ends with its task, which frees its memory. */
async function runInThread<Answer>(
  prepare: () => PreparedTask<unknown>,
  { module, heapMb, timeLimitMs }: TaskThreadOptions,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  if (signal?.aborted) throw abortReason(signal);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const worker = new Worker(module, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const timer = setTimeout(() => reject(tooSlow(timeLimitMs)), timeLimitMs);
  const abort = () => signal && reject(abortReason(signal));
  signal?.addEventListener('abort', abort, { once: true });
  worker.once('message', (answer: TaskAnswer<Answer>) => {
    if (answer.kind === 'done') resolve(answer.answer);
    else reject(new FtmError(answer.code, answer.message, { advice: answer.advice }));
  });
  worker.once('error', (error) => reject(explainThreadError(error)));
  worker.once('messageerror', (error) => reject(broken(error)));
  worker.once('exit', () => reject(broken(undefined)));
  try {
    post(worker, prepare());
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}

function abortReason(signal: AbortSignal): FtmError {
  const reason: unknown = signal.reason;
  return reason instanceof FtmError
    ? reason
    : new FtmError('ftm_cancelled', 'The check was cancelled.', { cause: reason });
}

/** A function of its own, so that nothing of the task is held here while the thread works on it. */
function post(worker: Worker, { task, transfer }: PreparedTask<unknown>): void {
  worker.postMessage(task, [...transfer]);
}

/** Maps the `error` event that ended a thread. */
export function explainThreadError(error: unknown): FtmError {
  return isOutOfMemory(error) ? tooLarge() : broken(error);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

const SHORTEN_ADVICE = 'Send only the part about one login, or about one device.';

function tooLarge(): FtmError {
  return new FtmError(
    'ftm_evidence_too_large',
    'This text takes more memory to read than one request may use.',
    {
      advice: SHORTEN_ADVICE,
    },
  );
}

function tooSlow(limitMs: number): FtmError {
  return new FtmError(
    'ftm_evidence_too_large',
    `This text takes longer than ${Math.round(limitMs / 1000)} s to read, so ftm-check stopped.`,
    { advice: SHORTEN_ADVICE },
  );
}

function broken(cause: unknown): FtmError {
  return new FtmError('ftm_internal', 'Reading this text failed inside ftm-check.', {
    advice: 'Please try again. If it happens again, the operator of ftm-check finds the reason in the log.',
    cause,
  });
}
