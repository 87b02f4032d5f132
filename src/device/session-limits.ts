import PQueue from 'p-queue';
import type { Device } from '../platform/config/inventory-types.ts';
import type { Collect } from './collector.ts';

/**
 * Sessions through one jump host at the same time. OpenSSH refuses connections from ten that are not signed in yet.
 */
const MAX_SESSIONS_PER_JUMP_HOST = 4;

export interface SessionRequest {
  readonly device: Pick<Device, 'jumps'>;
  readonly background?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the work on a device once a session with it is allowed. Rejects with the reason of `signal`. */
export type WithSession = <T>(request: SessionRequest, work: () => Promise<T>) => Promise<T>;

/**
 * Limits the sessions of this process at the same time: all together, and those through each jump host. A device that
 * waits for its jump host takes no session from the others. In the worker only jump hosts are limited here: its queue
 * runs no more jobs at a time than `concurrency`.
 */
export function createSessionLimits(concurrency: number): WithSession {
  const all = new PQueue({ concurrency });
  const ofJumpHost = new Map<string, PQueue>();

  function getQueue(key: string): PQueue {
    const queue = ofJumpHost.get(key) ?? new PQueue({ concurrency: MAX_SESSIONS_PER_JUMP_HOST });
    ofJumpHost.set(key, queue);
    return queue;
  }

  return async ({ device: { jumps = [] }, background, signal }, work) => {
    // The same order for every chain, so that no two of them wait for each other.
    const keys = [...new Set(jumps.map(({ address, port }) => `${address}:${port}`))].toSorted();
    const queues = [...keys.map(getQueue), all];
    const waiting = new AbortController();
    const stopWaiting = () => waiting.abort(signal?.reason);
    if (signal?.aborted) stopWaiting();
    signal?.addEventListener('abort', stopWaiting);
    const begin = () => {
      // `PQueue.add` rejects when its signal aborts, although its work is still closing the session and its debug.
      signal?.removeEventListener('abort', stopWaiting);
      return work();
    };
    const options = { priority: background ? 0 : 1, signal: waiting.signal };
    try {
      return await queues.reduceRight((inner, queue) => () => queue.add(inner, options), begin)();
    } finally {
      signal?.removeEventListener('abort', stopWaiting);
    }
  };
}

/** The same collector, within the limits. */
export function limitSessions(collect: Collect, withSession: WithSession): Collect {
  return (request) => withSession(request, () => collect(request));
}
