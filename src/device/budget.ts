import { FtmError } from '../ftm-error.ts';

/**
 * A time budget. Its signal aborts with an `FtmError` when time is up or when the outer signal does; disposing
 * it stops the clock, so no timer outlives the work.
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

/** The reason of an aborted signal as an `FtmError`: a plain abort by the caller means cancelled. */
export function abortError(signal: AbortSignal): FtmError {
  const reason: unknown = signal.reason;
  return reason instanceof FtmError
    ? reason
    : new FtmError('ftm_cancelled', 'The check was cancelled.', { cause: reason });
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
