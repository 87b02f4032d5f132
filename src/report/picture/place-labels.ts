interface Wanted<K> {
  readonly text: string;
  /** The place it points at. */
  readonly x: number;
  readonly kind: K;
}

export interface Placed<K> extends Wanted<K> {
  readonly left: number;
  readonly row: number;
}

/** Mean width of a character at 12 px; wide enough for most words. */
const CHARACTER = 6.6;
const SPACE = 10;

/** Each label stays within `from`–`to`, in the first row where it does not touch another one. */
export function placeLabels<K>(
  wanted: readonly Wanted<K>[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly labels: readonly Placed<K>[]; readonly rows: number } {
  const ends: number[] = [];
  const labels = wanted.map((each) => {
    const width = each.text.length * CHARACTER;
    const left = Math.max(from, Math.min(each.x - width / 2, to - width));
    const free = ends.findIndex((end) => end + SPACE <= left);
    const row = free === -1 ? ends.length : free;
    ends[row] = left + width;
    return { ...each, left, row };
  });
  return { labels, rows: ends.length };
}
