import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Young objects get what fits the cache of a core. Bytes. */
const YOUNG_SIZE = 8 << 20;
/**
 * V8 reads the size of its space for young objects only at start; afterwards the factor by which it grows can be set.
 * It begins with 1 MB.
 */
const GROW = '--semi-space-growth-factor=8';
const STAY = '--semi-space-growth-factor=1';
/** How much larger the heap may be before the next full collection. */
const SMALL_STEPS = '--heap-growing-percent=50';

export interface HeapLimit {
  /** To be called now and then, while work goes on. */
  check(): void;
}

/**
 * Keeps the heap of this process small. A long log makes short-lived objects without end, and V8 would double its heap
 * for them without benefit.
 */
export function limitHeap(): HeapLimit {
  setFlagsFromString(SMALL_STEPS);
  setFlagsFromString(GROW);
  let grows = true;
  return {
    check() {
      if (!grows || youngSize() < YOUNG_SIZE) return;
      setFlagsFromString(STAY);
      grows = false;
    },
  };
}

function youngSize(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0;
}
