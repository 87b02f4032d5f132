import { abortError, type FtmError } from '../ftm-error.ts';

/**
 * A time budget. Its signal aborts with an `FtmError` when the time is over or when the outer signal aborts;
 * disposing it stops the timer, so that no timer outlives the work.
 */
export interface Budget extends Disposable {
  readonly signal: AbortSignal;
}

/** `ms` milliseconds; `expired` builds the error only when needed. */
export function openBudget(ms: number, expired: () => FtmError, outer?: AbortSignal): Budget {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(expired()), ms);
  const pass = () => controller.abort(outer?.reason);
  if (outer?.aborted) pass();
  outer?.addEventListener('abort', pass, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', pass);
    },
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

/** A budget for silence: each `touch` restarts its timer. */
export interface IdleBudget extends Budget {
  readonly touch: () => void;
}

export interface IdleBudgetOptions {
  readonly idleMs: number;
  /** The total limit, however much is received: endless output would call `touch` for ever. */
  readonly totalMs: number;
  readonly expired: () => FtmError;
  readonly outer: AbortSignal;
}

export function openIdleBudget({ idleMs, totalMs, expired, outer }: IdleBudgetOptions): IdleBudget {
  const controller = new AbortController();
  const expire = () => controller.abort(expired());
  const idle = setTimeout(expire, idleMs);
  const total = setTimeout(expire, totalMs);
  const pass = () => controller.abort(outer.reason);
  if (outer.aborted) pass();
  outer.addEventListener('abort', pass, { once: true });
  return {
    signal: controller.signal,
    touch: () => void idle.refresh(),
    [Symbol.dispose]: () => {
      clearTimeout(idle);
      clearTimeout(total);
      outer.removeEventListener('abort', pass);
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
