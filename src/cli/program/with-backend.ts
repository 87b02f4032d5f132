import { FtmError } from '../../ftm-error.ts';
import { readRedisSettings } from '../../platform/config/load-config.ts';
import { silentLogger } from '../../platform/observe/logger.ts';
import { type Backend, openBackend } from '../../platform/queue/open-backend.ts';
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
  const redis = readRedisSettings(env);
  if (redis === undefined) {
    throw new FtmError('ftm_usage', 'REDIS_URL is not set.', {
      advice: `Set it to the Redis of the bot: ${why}`,
    });
  }
  const backend = await openBackend({ redis, log: silentLogger });
  try {
    await backend.queue.ready();
    return await work(backend);
  } finally {
    await backend.close(0);
  }
}
