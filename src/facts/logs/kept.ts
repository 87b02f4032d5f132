/** What is kept of a kind of event when there is no end of them: some of each sort, and not too many sorts. */
export interface Kept<T> {
  readonly list: readonly T[];
  /** `sort` names what makes two events alike, for instance the port they are about. */
  add(item: T, sort?: string): void;
}

const MAX_KEPT = 2_000;
const MAX_SIMILAR = 200;

export function keepSome<T>(): Kept<T> {
  const list: T[] = [];
  const seen = new Map<string, number>();
  return {
    list,
    add(item, sort) {
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
