import type { Redis } from 'ioredis';
import type { FtmError } from '../ftm-error.ts';
import { queueUnavailable } from './job-rules.ts';

/** Milliseconds are normal; within the two seconds that a person may wait there is room for two of these. */
const WITHIN_MS = 600;

export interface Replicas {
  /**
   * Resolves when what `write` wrote on this connection is on enough replicas, and rejects with `ftm_queue_unavailable`
   * when it is not: then it may be there all the same, but a failover may take it away.
   */
  keep<T>(write: () => Promise<T>): Promise<T>;
}

/**
 * Replication is asynchronous: a primary says yes before its replicas have it, and dies with it. So before anything is
 * promised Redis is asked (`WAIT`) how many replicas have all that this connection wrote. One question at a time: it
 * holds up the connection, and those who wrote meanwhile share the next.
 */
export function watchReplicas(redis: Redis, minReplicas = 0): Replicas {
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
    async keep(write) {
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
