import { type RedisSettings, redisLocation } from '../config/redis-address.ts';
import type { Logger } from '../observe/logger.ts';
import { createMemoryRecords } from '../store/memory-records.ts';
import { createMemoryRunStore } from '../store/memory-run-store.ts';
import type { Records } from '../store/records.ts';
import { createRedisRecords } from '../store/redis-records.ts';
import { createRedisRunStore } from '../store/redis-run-store.ts';
import type { RunStore } from '../store/run-store.ts';
import { createBullmqQueue } from './bullmq-queue.ts';
import { createInProcessQueue } from './in-process-queue.ts';
import type { JobQueue } from './job-queue.ts';
import type { QueueBoard } from './queue-board.ts';
import { connectFailingFast, openRedisGateway } from './redis-connection.ts';
import type { RunQueue } from './run-queue.ts';

export interface BackendOptions {
  /** Address of a server that runs outside this process; never shown. */
  readonly redis?: RedisSettings;
  readonly log: Logger;
  readonly prefix?: string;
}

export interface Backend {
  readonly kind: 'redis' | 'in-process';
  /** For people: where jobs are stored, and what that means. */
  readonly sentence: string;
  readonly queue: RunQueue;
  readonly runs: RunStore;
  readonly records: Records;
  /** Another queue in the same backend, closed with it. One per name and process. */
  openQueue<Data, Result>(name: string): JobQueue<Data, Result>;
  /** Pages that show the queues opened so far, at this path. Absent if jobs are in memory. */
  openBoard?(place: string): Promise<QueueBoard>;
  close(deadlineMs: number): Promise<void>;
}

/** Uses the Redis if there is one, else memory. Does not wait for Redis. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const { redis, log } = options;
  const opened: Closable[] = [];
  const track: Track = (queue) => {
    opened.push(queue);
    return queue;
  };
  const parts = redis === undefined ? inProcess(log, track) : onRedis(options, redis, track);
  return {
    ...parts,
    async close(deadlineMs) {
      await Promise.all(opened.map((queue) => queue.close(deadlineMs)));
      await parts.runs.close();
    },
  };
}

type Closable = Pick<JobQueue<unknown, unknown>, 'close'>;
/** Closes it with the backend. */
type Track = <Q extends Closable>(queue: Q) => Q;
type Parts = Omit<Backend, 'close'>;

function inProcess(log: Logger, track: Track): Parts {
  return {
    kind: 'in-process',
    sentence:
      'Jobs are kept in memory only and are lost when this process ends. Set REDIS_URL to store them.',
    queue: track(createInProcessQueue({ log })),
    runs: createMemoryRunStore(),
    records: createMemoryRecords(),
    openQueue: () => track(createInProcessQueue({ log })),
  };
}

function onRedis(options: BackendOptions, redis: RedisSettings, track: Track): Parts {
  const shared = { ...redis, log: options.log, prefix: options.prefix };
  const gateway = openRedisGateway(redis, options.log);
  const onReplicas = redis.minReplicas ? ` and on at least ${redis.minReplicas} of its replicas` : '';
  const names = ['runs'];
  return {
    kind: 'redis',
    sentence: `Jobs are stored in the Redis at ${redisLocation(redis.url)} (REDIS_URL)${onReplicas}.`,
    queue: track(createBullmqQueue(shared)),
    runs: createRedisRunStore({ ...shared, gateway }),
    records: createRedisRecords(gateway, options.prefix),
    openQueue(name) {
      names.push(name);
      return track(createBullmqQueue({ ...shared, name }));
    },
    async openBoard(place) {
      const { openQueueBoard } = await import('./queue-board.ts');
      const connection = connectFailingFast(redis, options.log);
      return track(openQueueBoard({ ...shared, connection, names, place }));
    },
  };
}
