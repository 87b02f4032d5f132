import type { Redis } from 'ioredis';
import type { FtmError } from '../../engine/ftm-error.ts';
import { queueUnavailable } from './job-rules.ts';

/** A few milliseconds are normal; the two seconds that a person may wait have room for two of these. */
const WITHIN_MS = 600;

/**
 * Replication is asynchronous: a primary confirms a write before its replicas have it, and may die then. So before
 * anything is promised, `WAIT` asks Redis how many replicas have everything that this connection wrote. One `WAIT` at
 * a time, because it blocks the connection; writers in the meantime share the next.
 */
export function watchReplicas(redis: Redis, minReplicas = 0) {
  let connection = 0;
  let asking: Promise<unknown> = Promise.resolve();
  let next: Promise<number> | undefined;
  redis.on('close', () => {
    connection += 1;
  });

  function ask(): Promise<number> {
    next ??= asking
      .catch(() => {})
      .then(() => {
        next = undefined;
        const answer = redis.wait(minReplicas, WITHIN_MS);
        asking = answer;
        return answer;
      });
    return next;
  }

  return {
    /**
     * Resolves when the data that `write` wrote on this connection is on enough replicas; otherwise rejects with
     * `ftm_queue_unavailable`: then the data may exist, but a failover may remove it.
     */
    async keep<T>(write: () => Promise<T>): Promise<T> {
      const before = connection;
      const written = await write();
      if (minReplicas === 0) return written;
      const reached = await ask();
      if (reached < minReplicas) throw notReplicated(reached, minReplicas);
      // A new connection has written nothing yet, and every replica has that.
      if (connection !== before) throw queueUnavailable('the connection to Redis was lost');
      return written;
    },
  };
}

export function notReplicated(reached: number, minReplicas: number): FtmError {
  return queueUnavailable(`${reached} of ${minReplicas} replicas of Redis can be reached`);
}
