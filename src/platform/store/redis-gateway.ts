import type { Redis } from 'ioredis';

/** A connection that rejects with `ftm_queue_unavailable` instead of waiting for an unavailable Redis. */
export interface RedisGateway {
  execute<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  /** The same, and resolves when the written data would survive the loss of the server. */
  executeDurably<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
