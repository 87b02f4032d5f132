import { abortError, type FtmError } from '../engine/ftm-error.ts';

/**
 * A time budget. Its signal aborts with an `FtmError` when the time is over or when the outer signal aborts;
 * disposing it stops the timer, so that no timer outlives the work.
 */
export interface Budget extends Disposable {
  readonly signal: AbortSignal;
}

/** `ms` milliseconds; `expired` builds the error only when needed. */
export function openBudget(ms: number, expired: () => FtmError, outer?: AbortSignal): Budget {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(expired()), ms);
  return {
    signal: outer === undefined ? limit.signal : AbortSignal.any([outer, limit.signal]),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** `ms` milliseconds from when `start` aborts, which may have been before. */
export function openBudgetAfter(start: AbortSignal, ms: number, expired: () => FtmError): Budget {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    timer = setTimeout(() => controller.abort(expired()), ms);
  };
  if (start.aborted) run();
  else start.addEventListener('abort', run, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      start.removeEventListener('abort', run);
    },
  };
}

/**
 * A budget for silence: each `touch` restarts its timer. `totalMs` is the limit however much is received: endless output
 * would call `touch` for ever.
 */
export function openIdleBudget(idleMs: number, totalMs: number, expired: () => FtmError, outer: AbortSignal) {
  const total = openBudget(totalMs, expired, outer);
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(expired()), idleMs);
  return {
    signal: AbortSignal.any([total.signal, idle.signal]),
    touch: () => void timer.refresh(),
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      total[Symbol.dispose]();
    },
  };
}

/** Settles with `work`, or rejects as soon as the signal aborts; the work itself has to stop on its own. */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(abortError(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
