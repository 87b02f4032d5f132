import PQueue from 'p-queue';
import type { Device } from '../../config/inventory-types.ts';

/** Sessions through one jump host at the same time. OpenSSH drops connections from ten that are not signed in yet. */
const MAX_SESSIONS_PER_JUMP_HOST = 4;

/** Runs the work on a device once a session with it is allowed. */
export type WithSession = <T>(device: Pick<Device, 'jumps'>, work: () => Promise<T>) => Promise<T>;

/**
 * Limits the sessions at the same time: all together, and those through each jump host. A device that waits for its
 * jump host takes no session from the others.
 */
export function createSessionLimits(concurrency: number): WithSession {
  const all = new PQueue({ concurrency });
  const ofJumpHost = new Map<string, PQueue>();

  function queueOf(key: string): PQueue {
    const queue = ofJumpHost.get(key) ?? new PQueue({ concurrency: MAX_SESSIONS_PER_JUMP_HOST });
    ofJumpHost.set(key, queue);
    return queue;
  }

  return async ({ jumps = [] }, work) => {
    // The same order for every chain, so that no two of them wait for each other.
    const keys = [...new Set(jumps.map(({ address, port }) => `${address}:${port}`))].toSorted();
    const queues = [...keys.map(queueOf), all];
    return await queues.reduceRight((inner, queue) => () => queue.add(inner), work)();
  };
}
