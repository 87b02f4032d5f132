import { FtmError } from '../../engine/ftm-error.ts';

export interface NewJob<Data> {
  /**
   * Idempotency key: a second `enqueue` with the same id changes nothing. Letters, digits, `-`, `_`, `.`; not digits
   * only.
   */
  readonly id: string;
  /** Becomes JSON. */
  readonly data: Data;
  /** At most one job of a group is active at a time (a device's alias). If absent, only `concurrency` limits it. */
  readonly jobGroup?: string;
  /**
   * Jobs of one group with the same id have the same question: a job that was enqueued while another was waiting or
   * running shares that one's result (`JobContext.shared`), without its turn in the group. A job that rejects has no
   * result; an outcome that tells of a failure is a result like any other. Of 500 requests in 10 s, 300 of them for one
   * device, the last has its answer 30 s later; without sharing, 50 have none after 10 minutes
   * (`npm run bench -- slack 10`). A device that is down is tried once, not once for each person.
   */
  readonly dedupId?: string;
  readonly delayMs?: number;
  /** Runs only if no other job waits for a worker or for the group. No person waits for it. */
  readonly background?: boolean;
}

export interface JobSchedule<Data> {
  /** Letters, digits, `-`, `_`, `.`. */
  readonly id: string;
  readonly pattern: string;
  /** Time zone of the pattern, such as `Europe/Madrid`; UTC by default. */
  readonly timeZone?: string;
  readonly data: Data;
}

export type Enqueued =
  /** `ahead`: jobs of the same group, or waiting jobs of the queue if there is no group. */
  | { readonly state: 'queued'; readonly ahead: number }
  | { readonly state: 'duplicate' }
  /** Will share the result of `leader`, unless that rejects. */
  | { readonly state: 'joined'; readonly leader: string };

export interface JobContext<Result> {
  readonly id: string;
  /** How many times the handler was called for this job, this one included: failures, crashes, stalls, restarts. */
  readonly attempt: number;
  /**
   * `signal.reason` is an `FtmError` (see `queueAbort`):
   * - `ftm_cancelled`: a person cancelled, its message is the reason given. Answer, then end. Aborted before the call
   *   where the job was waiting.
   * - `ftm_time_limit`: the time is over. Answer or throw.
   * - `ftm_interrupted`: this process stops or lost the job. Do not answer: it is run again elsewhere.
   * - `ftm_internal`: earlier attempts ended with the process. Do not try again, answer that it did not work.
   */
  readonly signal: AbortSignal;
  /** The result of the job that this one joined: deliver it, no new run is needed. */
  readonly shared?: { readonly leader: string; readonly result: Result };
}

/**
 * Throwing `signal.reason` ends a cancelled job without another attempt; any other error counts as a failed attempt.
 */
export type JobHandler<Data, Result> = (data: Data, context: JobContext<Result>) => Promise<Result>;

export interface ProcessOptions {
  readonly concurrency: number;
  /** Number of attempts, the first included. */
  readonly attempts: number;
  /** Pause before the second attempt; doubles with each further one. */
  readonly backoffMs: number;
  /** Per attempt. */
  readonly timeLimitMs: number;
  /** False ends the attempts at once. If absent, every error is retried. */
  readonly retryable?: (error: unknown) => boolean;
  /** A job is not tried again after so many crashes of its process, which it may have caused; 2 by default. */
  readonly maxCrashes?: number;
}

/**
 * `waiting` includes jobs that wait for their group, and background jobs; `delayed` jobs wait for a time or for their
 * next attempt.
 */
export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed' | 'unknown';

/**
 * The only queue port. Production is BullMQ on Valkey or Redis; without either it is in-process and says that work is
 * lost at exit. Both pass `test/platform/queue/conformance.ts`. Guarantee to the owner of a job: once accepted, its handler is
 * called until it settles, or until all attempts are used up. Cancelling does not change that: the handler is then
 * called (or continues) with an aborted signal, so that the asker still gets one final answer.
 */
export interface JobQueue<Data, Result> {
  /**
   * Rejects with `ftm_queue_unavailable` within two seconds if the backend is unavailable; never hangs. Then nothing
   * was started. If the backend fails during the call it rejects with `ftm_queue_uncertain`: the job may have been
   * accepted. Enqueueing the same id again is always safe, and clarifies it.
   */
  enqueue(job: NewJob<Data>): Promise<Enqueued>;
  /**
   * Creates a job at each time of the pattern: one, even if several processes register the same schedule. A time at
   * which no worker runs is made up for once. Rejects with `ftm_queue_unavailable` if the backend is unavailable.
   */
  schedule(schedule: JobSchedule<Data>): Promise<void>;
  /** Creates no more jobs of a schedule; one that waits for its time is removed. */
  unschedule(id: string): Promise<void>;
  /**
   * Starts working; call once. Resolves when the worker is ready, which takes longer if the backend is unavailable.
   */
  process(handler: JobHandler<Data, Result>, options: ProcessOptions): Promise<void>;
  /** From any process: see `JobContext.signal`. False if the job has ended or is unknown. */
  cancel(id: string, reason: string): Promise<boolean>;
  state(id: string): Promise<JobState>;
  /**
   * Number of jobs before a waiting job, counted as `Enqueued.ahead`. Undefined if it is not waiting: it runs, or
   * ended.
   */
  position(job: Pick<NewJob<Data>, 'id' | 'jobGroup'>): Promise<number | undefined>;
  counts(): Promise<Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>>;
  /** Age of the oldest waiting job, without background jobs; 0 if none waits. */
  oldestWaitingMs(): Promise<number>;
  /**
   * Rejects with `ftm_queue_unavailable` if the backend cannot be used (unreachable, read-only, or would evict jobs).
   */
  ready(): Promise<void>;
  /**
   * Accepts no more jobs and waits up to `deadlineMs` for running ones. Then it aborts these with `ftm_interrupted`,
   * gives them two seconds to end, and returns them to be run again elsewhere.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Why the queue aborted this job, or `undefined` if it did not. */
export function queueAbort(signal: AbortSignal): FtmError | undefined {
  return signal.reason instanceof FtmError ? signal.reason : undefined;
}
