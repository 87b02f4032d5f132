import type { RedisSettings } from '../config/redis-address.ts';
import type { Logger } from '../observe/logger.ts';

export interface BullmqQueueOptions extends RedisSettings {
  readonly log: Logger;
  /** Of all keys; a `{tag}` keeps them together in a cluster. */
  readonly prefix?: string;
  readonly name?: string;
  /** How long a job stays with this process without its lock being renewed. */
  readonly lockMs?: number;
  /** How often a job that waits for its group checks by itself; normally it is promoted. */
  readonly groupPollMs?: number;
}

/** The data that BullMQ stores. `sequence` comes first: the script `acceptJob` recognises the job by it. */
export interface BullJobData<Data> {
  readonly sequence: number;
  readonly jobGroup?: string;
  readonly dedupId?: string;
  readonly background?: true;
  /** Removed when the job ended: only the id is still needed. */
  readonly payload?: Data;
  readonly ended?: true;
}

/** Score in the waiting list of a job group, the lowest first: all background jobs come after all others. */
export function priorityInGroup({
  sequence,
  background,
}: Pick<BullJobData<unknown>, 'sequence' | 'background'>): number {
  return background ? sequence + BACKGROUND : sequence;
}

/** Larger than any `sequence`; exact in a sorted set of Redis, whose scores are doubles. */
const BACKGROUND = 2 ** 52;

/** How long the keys of a job and the waiting list of a group outlive their last use. */
export const KEY_TTL_MS = 8 * 24 * 3_600_000;
