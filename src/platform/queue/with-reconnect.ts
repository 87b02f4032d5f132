import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

const RECONNECT_DELAY_MS = 200;

/**
 * If a connection breaks while it is being established (a failover that the Sentinels announce, a server that answers
 * too late), ioredis 6.0 ends it for good, as if its owner had asked for that. This reconnects until the owner ends
 * it, also for the connections that BullMQ duplicates from it.
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
  // The owner may have ended it meanwhile; any other end is handled here again.
  if (redis.status === 'end' && !isEnded(redis)) await redis.connect().catch(() => {});
}

/** The field records that the owner ended it, until an open connection has closed. */
function isEnded(redis: Redis): boolean {
  return Reflect.get(redis, 'manuallyClosing') === true;
}
