/**
 * The one queue port. Production is BullMQ on Valkey or Redis; zero-setup is in-process and says that work is lost at
 * exit. Both pass `test/queue/conformance.ts`.
 */
export interface NewJob<Data> {
  /** Idempotency key: a second `enqueue` with the same id changes nothing. Letters, digits, `-`, `_`, `.`. */
  readonly id: string;
  readonly data: Data;
  /** At most one job of a lane runs at a time (a device's alias). Without it, no limit but `concurrency`. */
  readonly lane?: string;
  /**
   * Jobs of one lane with the same key ask the same question: one that was enqueued while another was waiting or running
   * is finished with that one's result instead of running again.
   */
  readonly joinKey?: string;
  readonly delayMs?: number;
}

export type Enqueued =
  | { readonly state: 'queued'; readonly ahead: number }
  /** The same id was accepted before. */
  | { readonly state: 'duplicate' }
  /** Will share the result of `leader`. */
  | { readonly state: 'joined'; readonly leader: string };

export interface JobContext<Result> {
  readonly id: string;
  /** 1 for the first try; more after a failure, a crash or a stall. */
  readonly attempt: number;
  /** No further try will follow if this one fails. */
  readonly lastAttempt: boolean;
  /** Aborted on cancel (`reason` is the text given) and when the time limit is over. */
  readonly signal: AbortSignal;
  /** The result of the job this one joined, if it did. */
  readonly shared?: { readonly leader: string; readonly result: Result };
  progress(value: JobProgress): void;
}

export interface JobProgress {
  readonly phase: string;
  readonly step?: number;
  readonly steps?: number;
}

export type JobHandler<Data, Result> = (data: Data, context: JobContext<Result>) => Promise<Result>;

export interface ProcessOptions {
  readonly concurrency: number;
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly backoffMs: number;
  readonly timeLimitMs: number;
  /** False ends the tries at once. Without it every error is retried. */
  readonly retryable?: (error: unknown) => boolean;
}

export type JobState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed' | 'unknown';

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface JobQueue<Data, Result> {
  /** Rejects with `ftm_queue_unavailable` within two seconds when the backend is away; never hangs. */
  enqueue(job: NewJob<Data>): Promise<Enqueued>;
  /** Starts working; call once. Resolves when the worker is ready. */
  process(handler: JobHandler<Data, Result>, options: ProcessOptions): Promise<void>;
  /** From any process: a waiting job never starts, a running one sees its signal abort. False when it had ended. */
  cancel(id: string, reason: string): Promise<boolean>;
  onProgress(listener: (id: string, progress: JobProgress) => void): () => void;
  state(id: string): Promise<JobState>;
  counts(): Promise<QueueCounts>;
  /** Rejects with `ftm_queue_unavailable` when the backend cannot be used (unreachable, or would evict jobs). */
  ready(): Promise<void>;
  /** Stops taking jobs, waits up to `deadlineMs` for running ones, then lets them go to be run again elsewhere. */
  close(deadlineMs: number): Promise<void>;
}
