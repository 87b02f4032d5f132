import type { RedisSettings } from '../config/redis-address.ts';
import type { Logger } from '../observe/logger.ts';

export interface BullmqQueueOptions extends RedisSettings {
  readonly log: Logger;
  /** Of all keys; a `{tag}` keeps them together in a cluster. */
  readonly prefix?: string;
  readonly name?: string;
  /** How long a job stays with this process without its lock being renewed. */
  readonly lockMs?: number;
  /** How often a job that waits for its lane checks by itself; normally it is promoted. */
  readonly lanePollMs?: number;
}

/** The data that BullMQ stores. `seq` comes first: the `ACCEPT` script recognises the job by it. */
export interface BullJobData<Data> {
  readonly seq: number;
  readonly lane?: string;
  readonly joinKey?: string;
  readonly background?: true;
  /** Removed when the job ended: only the id is still needed. */
  readonly payload?: Data;
  readonly ended?: true;
}

/** Position in the waiting list of a lane: all background jobs come after all others. */
export function rankOf({ seq, background }: Pick<BullJobData<unknown>, 'seq' | 'background'>): number {
  return background ? seq + BACKGROUND_RANK : seq;
}

/** Larger than any `seq`; exact in a sorted set of Redis, whose scores are doubles. */
const BACKGROUND_RANK = 2 ** 52;

/** How long the keys of a job and the waiting list of a lane outlive their last use. */
export const KEY_TTL_MS = 8 * 24 * 3_600_000;
