import { FtmError } from '../../engine/ftm-error.ts';
import type { JobContext, JobHandler, ProcessOptions } from './job-queue.ts';

/**
 * Attempts during which the process died or hung. After this number the job is the suspected cause, and is not tried
 * again.
 */
const MAX_CRASHES = 2;
/** Attempts beyond `attempts`, since a process that stops and returns its jobs is not the job's fault. */
const CRASH_ATTEMPTS = 3;
/** Calls with an aborted signal after either limit, only to answer. */
const ABORT_ONLY_ATTEMPTS = 3;

const SETTLE_MS = 15_000;
const INTERRUPT_SETTLE_MS = 2_000;

export type JobAttemptResult<Result> =
  | { readonly kind: 'done'; readonly result: Result; readonly shareable: boolean }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: boolean }
  /** The handler continued after its signal was aborted, and was abandoned: counts like a crash. */
  | { readonly kind: 'abandoned' }
  /** Interrupted: another process runs it again. */
  | { readonly kind: 'released' };

export interface JobAttempt<Result> {
  readonly ended: Promise<JobAttemptResult<Result>>;
  cancel(reason: string): void;
  interrupt(why: string): void;
}

/** Number of attempts of a job, the current one included. */
export interface AttemptCounts {
  readonly attempt: number;
  /** Earlier attempts that no process ended: it died, or hung. */
  readonly crashes: number;
}

export interface JobAttemptRequest<Data, Result> extends AttemptCounts {
  readonly id: string;
  readonly data: Data;
  readonly cancelled?: string;
  readonly shared?: { readonly leader: string; readonly result: Result };
}

export function mayAttempt(
  { attempt, crashes }: AttemptCounts,
  { attempts, maxCrashes = MAX_CRASHES }: ProcessOptions,
): boolean {
  return (
    attempt <= attempts + CRASH_ATTEMPTS + ABORT_ONLY_ATTEMPTS && crashes < maxCrashes + ABORT_ONLY_ATTEMPTS
  );
}

/** One call of the handler, with everything that may end it early. `ended` never rejects. */
export function startAttempt<Data, Result>(
  handler: JobHandler<Data, Result>,
  request: JobAttemptRequest<Data, Result>,
  options: ProcessOptions,
): JobAttempt<Result> {
  const controller = new AbortController();
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<JobAttemptResult<Result>>();
  const timers: NodeJS.Timeout[] = [];
  let interrupted = false;

  function abort(reason: FtmError): void {
    if (controller.signal.aborted) return;
    controller.abort(reason);
    timers.push(setTimeout(giveUp, SETTLE_MS, { kind: 'abandoned' }));
  }

  if (request.cancelled !== undefined) abort(cancelledBecause(request.cancelled));
  if (request.crashes >= (options.maxCrashes ?? MAX_CRASHES)) abort(crashedTooOften(request.crashes));
  else if (request.attempt > options.attempts + CRASH_ATTEMPTS) abort(endedTooOften(request.attempt - 1));
  timers.push(setTimeout(() => abort(timeIsOver(options.timeLimitMs)), options.timeLimitMs));

  const { id, attempt, shared } = request;
  const context: JobContext<Result> = { id, attempt, signal: controller.signal, shared };

  async function call(): Promise<JobAttemptResult<Result>> {
    try {
      const result = await handler(request.data, context);
      const shareable = !controller.signal.aborted && shared === undefined;
      return { kind: 'done', result, shareable };
    } catch (error) {
      if (interrupted) return { kind: 'released' };
      const { aborted, reason } = controller.signal;
      const isFinal = attempt >= options.attempts || (aborted && error === reason && !reason.retryable);
      return { kind: 'failed', error, again: !isFinal && (options.retryable?.(error) ?? true) };
    }
  }

  return {
    ended: Promise.race([call(), givenUp]).finally(() => {
      for (const timer of timers) clearTimeout(timer);
    }),
    cancel: (reason) => abort(cancelledBecause(reason)),
    interrupt(why) {
      if (interrupted) return;
      interrupted = true;
      abort(new FtmError('ftm_interrupted', why, { retryable: true }));
      timers.push(setTimeout(giveUp, INTERRUPT_SETTLE_MS, { kind: 'released' }));
    },
  };
}

function cancelledBecause(reason: string): FtmError {
  return new FtmError('ftm_cancelled', reason);
}

function timeIsOver(limitMs: number): FtmError {
  return new FtmError(
    'ftm_time_limit',
    `This took longer than ${Math.round(limitMs / 1000)} s and was stopped.`,
    {
      advice: 'Try again; if it happens every time, the device or the network to it is slow.',
      retryable: true,
    },
  );
}

function crashedTooOften(crashes: number): FtmError {
  return new FtmError(
    'ftm_internal',
    `ftm-check crashed ${crashes} times while it processed this request, and did not try again.`,
    {
      advice:
        'If you sent a long or unusual text, send only the part about one login. The operator of ftm-check finds the reason in the log before the restarts.',
    },
  );
}

function endedTooOften(attempts: number): FtmError {
  return new FtmError(
    'ftm_internal',
    `ftm-check stopped ${attempts} times while it processed this request.`,
    { advice: 'Tell the operator of ftm-check: the log around these restarts shows the reason.' },
  );
}
