import type { Run, RunPatch } from '../runs/run.ts';

/** `first`: no owner had the lease before, so nothing can have been posted. `held`: another owner has it. */
export type LeaseState = 'first' | 'again' | 'held' | 'gone';

/** Runs and their (redacted) diagnoses, kept for a limited time. Both implementations pass `test/platform/store/conformance.ts`. */
export interface RunStore {
  /** Keeps the first record of an id: creating it again returns that one unchanged. */
  create(run: Run): Promise<Run>;
  get(id: string): Promise<Run | undefined>;
  /** Merges; does nothing if the run does not exist. */
  update(id: string, patch: RunPatch): Promise<void>;
  /**
   * Only the owner of the lease posts the run's placeholder. It ends by itself after `forMs`, in case its owner
   * crashed; the owner may acquire it again to keep it.
   */
  acquireLease(id: string, owner: string, forMs: number): Promise<LeaseState>;
  /** Does nothing if another owner has the lease. */
  releaseLease(id: string, owner: string): Promise<void>;
  /** Newest first; `asker` is a Slack user id. */
  byAsker(asker: string, limit: number): Promise<readonly Run[]>;
  /** Newest first. */
  byDevice(alias: string, limit: number): Promise<readonly Run[]>;
  /** Newest first; `thread` is the thread's root timestamp. */
  byThread(channel: string, thread: string, limit: number): Promise<readonly Run[]>;
  /** Runs accepted in this time (milliseconds since the Unix epoch) that wait for their final answer, oldest first. */
  unanswered(
    accepted: { readonly from: number; readonly until: number },
    limit: number,
  ): Promise<readonly Run[]>;
  close(): Promise<void>;
}
