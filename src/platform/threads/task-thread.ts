import { abortError, FtmError, type FtmErrorCode } from '../../ftm-error.ts';
import { createKeptThread, type KeptThread, type KeptThreadOptions } from './kept-thread.ts';

/** A thread's answer to a task; an error is passed as its fields. */
export type TaskAnswer<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | {
      readonly kind: 'failed';
      readonly code: FtmErrorCode;
      readonly message: string;
      readonly advice: string | undefined;
    };

export interface TaskThreadOptions extends KeptThreadOptions {
  /** A module that calls `answerTasks`. */
  readonly module: URL;
  /** Time limit of one task. */
  readonly timeLimitMs: number;
}

/** Runs one task at a time in a thread; further tasks wait. */
export interface TaskThread<Task, Answer> {
  /**
   * Rejects with an `FtmError`: the task's own, `ftm_evidence_too_large` if it took too much memory or time, or the
   * reason of `signal` when that aborts.
   */
  run(task: Task, signal?: AbortSignal): Promise<Answer>;
}

export function createTaskThread<Task, Answer>(options: TaskThreadOptions): TaskThread<Task, Answer> {
  const threads = createKeptThread(options);
  let turn: Promise<unknown> = Promise.resolve();

  return {
    run(task, signal) {
      const mine = turn.then(() => runInThread<Answer>(threads, task, options, signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** A thread that was stopped, or that failed, is ended, which frees its memory. */
async function runInThread<Answer>(
  threads: KeptThread,
  task: unknown,
  { timeLimitMs }: TaskThreadOptions,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  if (signal?.aborted) throw abortError(signal);
  const { promise, resolve, reject } = Promise.withResolvers<TaskAnswer<Answer>>();
  const worker = threads.take();
  const timer = setTimeout(() => reject(tooSlow(timeLimitMs)), timeLimitMs);
  const abort = () => signal && reject(abortError(signal));
  signal?.addEventListener('abort', abort, { once: true });
  const fail = (error: unknown) => reject(explainThreadError(error));
  const exit = () => reject(broken(undefined));
  worker.on('message', resolve).on('error', fail).on('messageerror', fail).on('exit', exit);
  let isUsable = false;
  try {
    worker.postMessage(task, []);
    const answer = await promise;
    isUsable = true;
    return answerOf(answer);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    worker.off('message', resolve).off('error', fail).off('messageerror', fail).off('exit', exit);
    await (isUsable ? threads.keep(worker) : worker.terminate());
  }
}

function answerOf<Answer>(answer: TaskAnswer<Answer>): Answer {
  if (answer.kind === 'done') return answer.answer;
  throw new FtmError(answer.code, answer.message, { advice: answer.advice });
}

/** Maps the `error` event that ended a thread. */
function explainThreadError(error: unknown): FtmError {
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
