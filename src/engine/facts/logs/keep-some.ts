const MAX_KEPT = 2_000;
const MAX_SIMILAR = 200;

/** Keeps a bounded sample of events: some of each sort, and a limited number of sorts. */
export function keepSome<T>() {
  const list: T[] = [];
  const seen = new Map<string, number>();
  return {
    list: list as readonly T[],
    /** `sort` is what makes two events alike, for instance the port. */
    add(item: T, sort?: string): void {
      if (list.length >= MAX_KEPT) return;
      if (sort !== undefined) {
        const count = (seen.get(sort) ?? 0) + 1;
        if (count > MAX_SIMILAR) return;
        seen.set(sort, count);
      }
      list.push(item);
    },
  };
}
