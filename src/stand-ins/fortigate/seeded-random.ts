/** The same numbers for the same seed on every machine (mulberry32). */
export interface SeededRandom {
  /** From 0 to `below` - 1. */
  readonly int: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function int(below: number): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  }
  return {
    int,
    pick(list) {
      if (list.length === 0) throw new RangeError('an empty list');
      return list[int(list.length)] as (typeof list)[number];
    },
  };
}
