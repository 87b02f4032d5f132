import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

const RECONNECT_DELAY_MS = 200;

/**
 * A connection that is broken off while it is being made (a failover that the Sentinels announce, a server that answers
 * too late) is over for good in ioredis 6.0: it takes that for its owner's wish. This makes it go on until its owner ends
 * it, and those as well that BullMQ makes after its pattern.
 */
export function withReconnect(redis: Redis): Redis {
  let wasOpen = false;
  redis.on('connecting', () => {
    wasOpen = false;
  });
  redis.on('close', () => {
    wasOpen = true;
  });
  redis.on('end', () => {
    if (!wasOpen && !isEnded(redis)) void connectAgain(redis);
  });
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => withReconnect(duplicate(override) as Redis);
  return redis;
}

async function connectAgain(redis: Redis): Promise<void> {
  await sleep(RECONNECT_DELAY_MS, undefined, { ref: false });
  // The owner may have ended it meanwhile; another end comes here again.
  if (redis.status === 'end' && !isEnded(redis)) await redis.connect().catch(() => {});
}

/** An owner's wish is kept in this field, until an open connection has closed. */
function isEnded(redis: Redis): boolean {
  return Reflect.get(redis, 'manuallyClosing') === true;
}
