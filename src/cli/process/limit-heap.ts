import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Size of the space for short-lived objects; fits the cache of a core. Bytes. */
const YOUNG_SIZE = 8 << 20;
/**
 * V8 reads the size of this space only at start, when it begins with 1 MB; afterwards only its growth factor can be
 * set.
 */
const GROWTH = '--semi-space-growth-factor=';
/** How much larger the heap may be before the next full collection. */
const SMALL_STEPS = '--heap-growing-percent=50';

export interface HeapLimit {
  /** Call it from time to time while work continues. */
  check(): void;
}

/**
 * Keeps the heap of this process small. A long log creates many short-lived objects, and V8 would double its heap for
 * them without benefit: a log of 120 MB takes 180 MB of memory in place of 360.
 */
export function limitHeap(): HeapLimit {
  setFlagsFromString(SMALL_STEPS);
  // Loading the program may already have filled it: eight times 8 MB would be 64 MB.
  let step = Math.max(1, Math.round(YOUNG_SIZE / Math.max(1, youngSize())));
  setFlagsFromString(GROWTH + step);
  return {
    check() {
      if (step === 1 || youngSize() < YOUNG_SIZE) return;
      step = 1;
      setFlagsFromString(GROWTH + step);
    },
  };
}

function youngSize(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0;
}
