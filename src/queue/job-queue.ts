import { FtmError } from '../ftm-error.ts';

/**
 * The one queue port. Production is BullMQ on Valkey or Redis; zero-setup is in-process and says that work is lost at
 * exit. Both pass `test/queue/conformance.ts`.
 *
 * Promise to the owner of a job: once accepted, its handler is called until it settles, or until it used up its tries.
 * Cancelling does not change that: the handler is then called (or goes on) with an aborted signal, so that whoever
 * asked still gets the one final answer.
 */
export interface NewJob<Data> {
  /** Idempotency key: a second `enqueue` with the same id changes nothing. Letters, digits, `-`, `_`, `.`; not digits only. */
  readonly id: string;
  /** Becomes JSON. */
  readonly data: Data;
  /** At most one job of a lane runs at a time (a device's alias). Without it, no limit but `concurrency`. */
  readonly lane?: string;
  /**
   * Jobs of one lane with the same key ask the same question: one that was enqueued while another was waiting or running
   * shares that one's result (`JobContext.shared`), without its turn in the lane. A failed result is not shared.
   */
  readonly joinKey?: string;
  readonly delayMs?: number;
  /** Runs only where no other job waits for a worker or for the lane. Nobody waits for it. */
  readonly background?: boolean;
}

/** A job that is made again and again. */
export interface JobSchedule<Data> {
  /** Letters, digits, `-`, `_`, `.`. */
  readonly id: string;
  readonly pattern: string;
  /** Of the pattern, as `Europe/Madrid`; UTC by default. */
  readonly timeZone?: string;
  readonly data: Data;
}

export type Enqueued =
  /** `ahead`: jobs of the same lane, or waiting jobs of the queue where there is no lane. */
  | { readonly state: 'queued'; readonly ahead: number }
  /** The same id was accepted before. */
  | { readonly state: 'duplicate' }
  /** Will share the result of `leader`, if that succeeds. */
  | { readonly state: 'joined'; readonly leader: string };

export interface JobContext<Result> {
  readonly id: string;
  /** How many times the handler was called for this job, this one included: failures, crashes, stalls, restarts. */
  readonly attempt: number;
  /** No further try will follow if this one fails. */
  readonly lastAttempt: boolean;
  /**
   * `signal.reason` is an `FtmError` (see `abortReason`):
   * - `ftm_cancelled`: somebody cancelled, its message is the reason given. Answer, then end. Aborted before the call
   *   where the job was waiting.
   * - `ftm_time_limit`: the time is over. Answer or throw.
   * - `ftm_interrupted`: this process stops or lost the job. Do not answer: it is run again elsewhere.
   * - `ftm_internal`: earlier tries ended with the process. Do not try again, answer that it did not work.
   */
  readonly signal: AbortSignal;
  /** The result of the job this one joined, if it did: deliver it, the question needs no new run. */
  readonly shared?: { readonly leader: string; readonly result: Result };
  /** Best effort; never throws. */
  progress(value: JobProgress): void;
}

export interface JobProgress {
  readonly phase: string;
  readonly step?: number;
  readonly steps?: number;
  /** While VDOMs are read: which of them, from 1. */
  readonly vdom?: { readonly index: number; readonly count: number };
  /** While a login is watched. */
  readonly live?: { readonly remainingMs: number; readonly lines: number; readonly logins: number };
}

/** Throwing `signal.reason` ends a cancelled job without another try; any other error counts as a failed try. */
export type JobHandler<Data, Result> = (data: Data, context: JobContext<Result>) => Promise<Result>;

export interface ProcessOptions {
  readonly concurrency: number;
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Pause before the second try; doubles with each further one. */
  readonly backoffMs: number;
  /** Per try. */
  readonly timeLimitMs: number;
  /** False ends the tries at once. Without it every error is retried. */
  readonly retryable?: (error: unknown) => boolean;
  /** Reads a payload that `packPayload` packed; in this thread by default. */
  readonly unpack?: (packed: string) => Promise<unknown>;
}

/** `waiting` includes jobs that wait for their lane, and background jobs; `delayed` those that wait for a time or for their next try. */
export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed' | 'unknown';

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface JobQueue<Data, Result> {
  /**
   * Rejects with `ftm_queue_unavailable` within two seconds when the backend is away; never hangs. Then nothing was
   * started. Where it went away in that very moment it rejects with `ftm_queue_uncertain`: the job may have been taken.
   * Enqueueing the same id again is always safe, and tells.
   */
  enqueue(job: NewJob<Data>): Promise<Enqueued>;
  /**
   * Makes a job whenever the pattern says so: one, however many processes ask for the same schedule. A time at which no
   * worker runs is made up for once. Rejects with `ftm_queue_unavailable` when the backend is away.
   */
  schedule(schedule: JobSchedule<Data>): Promise<void>;
  /** Makes no more jobs of a schedule; one that waits for its time is removed. */
  unschedule(id: string): Promise<void>;
  /** Starts working; call once. Resolves when the worker is ready, which may be later than now if the backend is away. */
  process(handler: JobHandler<Data, Result>, options: ProcessOptions): Promise<void>;
  /** From any process: see `JobContext.signal`. False when the job had ended or is not known. */
  cancel(id: string, reason: string): Promise<boolean>;
  /** Of jobs in any process. Best effort: progress is not stored. */
  onProgress(listener: (id: string, progress: JobProgress) => void): () => void;
  state(id: string): Promise<JobState>;
  /** How many come before a waiting job now, counted as `Enqueued.ahead`. Undefined where it does not wait: it runs, or ended. */
  position(job: Pick<NewJob<Data>, 'id' | 'lane'>): Promise<number | undefined>;
  counts(): Promise<QueueCounts>;
  /** How long ago the oldest of those that wait was enqueued, background jobs apart; 0 where none waits. */
  oldestWaitingMs(): Promise<number>;
  /** Rejects with `ftm_queue_unavailable` when the backend cannot be used (unreachable, read-only, or would evict jobs). */
  ready(): Promise<void>;
  /**
   * Stops taking jobs and waits up to `deadlineMs` for running ones. Then it aborts these with `ftm_interrupted`, gives
   * them two seconds to wind down, and hands them back to be run again elsewhere.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Why the queue aborted this job, or `undefined` where it did not. */
export function abortReason(signal: AbortSignal): FtmError | undefined {
  return signal.reason instanceof FtmError ? signal.reason : undefined;
}
