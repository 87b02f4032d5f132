import type { Fault } from './types.ts';

export interface Faults {
  /** Makes the next `times` calls of `method` fail; faults are queued behind earlier ones. */
  failNext(method: string, fault: Fault, times?: number): void;
  take(method: string): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting = new Map<string, Fault[]>();
  return {
    failNext(method, fault, times = 1) {
      const queue = waiting.get(method) ?? [];
      queue.push(...Array.from({ length: times }, () => fault));
      waiting.set(method, queue);
    },
    take: (method) => waiting.get(method)?.shift(),
  };
}
