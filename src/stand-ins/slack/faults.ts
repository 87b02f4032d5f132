import type { Fault } from './types.ts';

export interface Faults {
  /** Makes the next `times` calls of `method` fail; faults are queued behind earlier ones. */
  failNext(method: string, fault: Fault, times?: number): void;
  /** Every call gets this fault from now on; without an argument none. */
  failAlways(fault?: Fault): void;
  take(method: string): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting = new Map<string, Fault[]>();
  let standing: Fault | undefined;
  return {
    failNext(method, fault, times = 1) {
      const queue = waiting.get(method) ?? [];
      queue.push(...Array.from({ length: times }, () => fault));
      waiting.set(method, queue);
    },
    failAlways(fault) {
      standing = fault;
    },
    take: (method) => waiting.get(method)?.shift() ?? standing,
  };
}

const READS = new Set(['conversations.history', 'conversations.replies']);
const MINUTE_MS = 60_000;

/** One call a minute of each reading method; others get 429 with the seconds that are left. */
export function limitReads(faults: Faults, now: () => number): Faults {
  const last = new Map<string, number>();
  return {
    ...faults,
    take(method) {
      const fault = faults.take(method);
      if (fault !== undefined || !READS.has(method)) return fault;
      const leftMs = (last.get(method) ?? -Infinity) + MINUTE_MS - now();
      if (leftMs > 0) return { status: 429, retryAfter: Math.ceil(leftMs / 1000) };
      last.set(method, now());
      return undefined;
    },
  };
}
