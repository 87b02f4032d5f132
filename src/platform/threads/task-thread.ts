import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { abortError, FtmError } from '../../engine/ftm-error.ts';

/** A thread's answer to a task; an error is passed as its fields. */
export type TaskAnswer<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | ({ readonly kind: 'failed' } & Pick<FtmError, 'code' | 'message' | 'advice'>);

export interface TaskThreadOptions {
  /** A module that calls `answerTasks`: its address without the extension, from that of the caller (`import.meta.url`). */
  readonly module: string;
  readonly from: string;
  /** Megabytes of JavaScript heap. */
  readonly heapMb: number;
  /** Processor time that one task may take. By the clock it may take four times as much, for a machine that is busy. */
  readonly timeLimitMs: number;
  /** How long a thread waits for another task; by default it ends with its task. */
  readonly idleMs?: number;
}

/**
 * Several large texts often arrive together. V8 returns the memory of an ended thread only after 8 s, so one thread for
 * all of them needs less than one for each.
 */
export const IDLE_MS = 5_000;

const CLOCK_FACTOR = 4;
/** Heap for short-lived objects. Small, since every thread has it beside `heapMb`. */
const YOUNG_GENERATION_MB = 16;

/** Runs one task at a time in a thread; further tasks wait. Does not keep the process alive between two tasks. */
export class TaskThread<Task, Answer> {
  readonly #options: TaskThreadOptions;
  #turn: Promise<unknown> = Promise.resolve();
  /** Waits for another task. */
  #idle: Worker | undefined;
  #ending: NodeJS.Timeout | undefined;

  constructor(options: TaskThreadOptions) {
    this.#options = options;
  }

  /**
   * Rejects with an `FtmError`: the task's own, `ftm_evidence_too_large` if it took too much memory or time, or the
   * reason of `signal` when that aborts.
   */
  run(task: Task, signal?: AbortSignal): Promise<Answer> {
    const mine = this.#turn.then(() => this.#runInThread(task, signal));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** A thread that was stopped, or that failed, is ended, which frees its memory. */
  async #runInThread(task: Task, signal: AbortSignal | undefined): Promise<Answer> {
    if (signal?.aborted) throw abortError(signal);
    const { timeLimitMs } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<TaskAnswer<Answer>>();
    const worker = this.#take();
    const abort = () => signal && reject(abortError(signal));
    signal?.addEventListener('abort', abort, { once: true });
    const fail = (error: unknown) => reject(explainThreadError(error));
    const exit = () => reject(broken(undefined));
    worker.on('message', resolve).on('error', fail).on('messageerror', fail).on('exit', exit);
    let isUsable = false;
    let hasEnded = false;
    let timer: NodeJS.Timeout | undefined;
    const seconds = Math.round(timeLimitMs / 1000);
    const stop = () =>
      reject(tooLarge(`This text takes longer than ${seconds} s to read, so ftm-check stopped.`));
    // A thread that waits uses no processor time, and one in native code does not say how much it has used.
    const clockTimer = setTimeout(stop, CLOCK_FACTOR * timeLimitMs);
    promise.catch(() => undefined);
    try {
      const usedBefore = await processorMs(worker);
      const limit = async () => {
        const left = timeLimitMs - ((await processorMs(worker)) - usedBefore);
        if (hasEnded) return;
        if (left <= 0) stop();
        else timer = setTimeout(() => void limit(), left);
      };
      timer = setTimeout(() => void limit(), timeLimitMs);
      worker.postMessage(task, []);
      const answer = await promise;
      isUsable = true;
      if (answer.kind === 'done') return answer.answer;
      throw new FtmError(answer.code, answer.message, { advice: answer.advice });
    } finally {
      hasEnded = true;
      clearTimeout(timer);
      clearTimeout(clockTimer);
      signal?.removeEventListener('abort', abort);
      worker.off('message', resolve).off('error', fail).off('messageerror', fail).off('exit', exit);
      if (isUsable) await this.#keep(worker);
      else await worker.terminate();
    }
  }

  #take(): Worker {
    clearTimeout(this.#ending);
    const worker = this.#idle ?? this.#start();
    this.#idle = undefined;
    worker.ref();
    return worker;
  }

  #start(): Worker {
    const { module, from, heapMb } = this.#options;
    const url = new URL(`${module}${extname(from)}`, from);
    // A thread that runs the sources of a checkout does not take over the launcher's hooks.
    const hooks = fileURLToPath(new URL('./resolve-sources.cjs', import.meta.url));
    const worker = new Worker(url, {
      ...(url.pathname.endsWith('.ts') ? { execArgv: ['--require', hooks] } : {}),
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // A thread that ends between two tasks is replaced for the next; without a listener, its error would end the
    // process.
    worker.on('error', () => this.#forget(worker));
    worker.on('exit', () => this.#forget(worker));
    return worker;
  }

  async #keep(worker: Worker): Promise<void> {
    const { idleMs } = this.#options;
    if (idleMs === undefined) {
      await worker.terminate();
      return;
    }
    // It ended while its answer waited to be read: a message to it would be lost.
    if (worker.threadId === -1) return;
    this.#idle = worker;
    worker.unref();
    this.#ending = setTimeout(() => {
      this.#forget(worker);
      void worker.terminate();
    }, idleMs).unref();
  }

  #forget(worker: Worker): void {
    if (this.#idle === worker) this.#idle = undefined;
  }
}

/** User and system time; 0 of a thread that has not started, or has ended. */
async function processorMs(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

/** Maps the `error` event that ended a thread. */
function explainThreadError(error: unknown): FtmError {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? tooLarge('This text takes more memory to read than one request may use.')
    : broken(error);
}

function tooLarge(message: string): FtmError {
  return new FtmError('ftm_evidence_too_large', message, {
    advice: 'Send only the part about one login, or about one device.',
  });
}

function broken(cause: unknown): FtmError {
  return new FtmError('ftm_internal', 'Reading this text failed inside ftm-check.', {
    advice: 'Please try again. If it happens again, the operator of ftm-check finds the reason in the log.',
    cause,
  });
}
