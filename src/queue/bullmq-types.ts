import type { RedisSettings } from '../config/redis-address.ts';
import type { Logger } from '../observe/logger.ts';

export interface BullmqQueueOptions extends RedisSettings {
  readonly log: Logger;
  /** Of all keys; a `{tag}` keeps them together in a cluster. */
  readonly prefix?: string;
  readonly name?: string;
  /** How long a job stays ours without a sign of life of this process. */
  readonly lockMs?: number;
  /** How often a job that waits for its lane looks by itself; normally it is called. */
  readonly lanePollMs?: number;
}

/** What BullMQ stores. `seq` comes first: `ACCEPT` recognises the job by it. */
export interface BullJobData<Data> {
  readonly seq: number;
  readonly lane?: string;
  readonly joinKey?: string;
  readonly background?: true;
  /** Gone once the job ended: only the id is still needed. */
  readonly payload?: Data;
  /** Instead of a large payload: see `packPayload`. */
  readonly packed?: string;
  readonly ended?: true;
}

/** Place in the line of a lane: all background jobs come after all others. */
export function rankOf({ seq, background }: Pick<BullJobData<unknown>, 'seq' | 'background'>): number {
  return background ? seq + BACKGROUND_RANK : seq;
}

/** Larger than any `seq`; exact in a sorted set of Redis, whose scores are doubles. */
const BACKGROUND_RANK = 2 ** 52;

/** How long the marks of a job and the line of a lane outlive their last use. */
export const TRACE_TTL_MS = 8 * 24 * 3_600_000;
