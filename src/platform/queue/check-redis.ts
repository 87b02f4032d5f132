import type { Redis } from 'ioredis';
import { FtmError } from '../../ftm-error.ts';
import { queueUnavailable } from './job-rules.ts';
import { lastConnectionError, whileReachable } from './redis-connection.ts';
import { notReplicated } from './replicas.ts';

/**
 * BullMQ loses jobs on a server that evicts keys, and cannot write to a replica; without replicas a failover loses
 * jobs. Rejects with `ftm_queue_unavailable`.
 */
export async function checkRedis(redis: Redis, minReplicas = 0): Promise<void> {
  const info = await whileReachable(redis, () => redis.info()).catch((error: unknown) => {
    const why = lastConnectionError(redis);
    throw why === undefined ? error : queueUnavailable(`Redis is not reachable (${why})`, error);
  });
  const policy = field(info, 'maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new FtmError(
      'ftm_queue_unavailable',
      `Redis may evict jobs: its maxmemory-policy is "${policy}".`,
      {
        advice: 'Set "maxmemory-policy noeviction" on the server that REDIS_URL names.',
      },
    );
  }
  const role = field(info, 'role');
  if (role !== undefined && role !== 'master') {
    throw new FtmError('ftm_queue_unavailable', 'REDIS_URL names a read-only replica.', {
      advice: 'Use the address of the primary.',
      retryable: true,
    });
  }
  const online = info.match(/^slave\d+:.*\bstate=online\b/gm)?.length ?? 0;
  if (online < minReplicas) throw notReplicated(online, minReplicas);
}

function field(info: string, name: string): string | undefined {
  const line = info.split(/\r?\n/).find((each) => each.startsWith(`${name}:`));
  return line?.slice(name.length + 1);
}
