import { FtmError } from '../../engine/ftm-error.ts';
import type { Environment } from '../../platform/config/environment.ts';
import { readRedisSettings } from '../../platform/config/load-config.ts';
import type { RedisSettings } from '../../platform/config/redis-address.ts';
import { silentLogger } from '../../platform/observe/logger.ts';
import { type Backend, openBackend } from '../../platform/queue/open-backend.ts';
import { openRedisGateway } from '../../platform/queue/redis-connection.ts';
import type { KeyGateway } from '../../platform/store/stored-keys.ts';
import type { Io } from '../terminal/io.ts';

/**
 * Runs with the Redis of the bot (REDIS_URL). Rejects with `ftm_usage` if none is set (`why` states the purpose), and
 * with `ftm_queue_unavailable` if it does not answer.
 */
export async function withBackend<T>(
  { env }: Pick<Io, 'env'>,
  why: string,
  work: (backend: Backend) => Promise<T>,
): Promise<T> {
  const backend = await openBackend({ redis: redisOfBot(env, why), log: silentLogger });
  try {
    await backend.queue.ready();
    return await work(backend);
  } finally {
    await backend.close(0);
  }
}

/** The same with the keys of that Redis. */
export async function withGateway<T>(
  { env }: Pick<Io, 'env'>,
  why: string,
  work: (gateway: KeyGateway) => Promise<T>,
): Promise<T> {
  const gateway = openRedisGateway(redisOfBot(env, why), silentLogger);
  try {
    return await work(gateway);
  } finally {
    await gateway.close();
  }
}

function redisOfBot(env: Environment, why: string): RedisSettings {
  const redis = readRedisSettings(env);
  if (redis !== undefined) return redis;
  throw new FtmError('ftm_usage', 'REDIS_URL is not set.', {
    advice: `Set it to the Redis of the bot: ${why}`,
  });
}
