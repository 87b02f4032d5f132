import type { Mark } from './login-rows.ts';

interface Wanted {
  readonly text: string;
  /** The point that the label belongs to. */
  readonly x: number;
  readonly kind: Mark['kind'];
}

export interface Placed extends Wanted {
  /** The estimated extent of the text. */
  readonly left: number;
  readonly right: number;
  /** Where the text starts, or ends. */
  readonly at: number;
  readonly anchor: 'start' | 'end';
  readonly row: number;
}

type Sides = Pick<Placed, 'left' | 'right'>;

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Mean width of a character at 12 px; wide enough for most words. */
const CHARACTER = 6.2;
const STRONG_CHARACTER = 6.7;
const SPACE = 10;
/** The text begins a little before the line that leads to it. */
const INDENT = 3;

/**
 * Places labels between `from` and `to` so that none touches another. A text is to the right of its point, or to the
 * left if there is no room or it would cover another point: this way few lines to labels cross a text.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  extent: Extent,
): { readonly labels: readonly Placed[]; readonly rows: number } {
  const sided = wanted.map((each) => beside(each, wanted, extent));
  const rows: Placed[][] = [];
  const placed = new Map<Placed, Placed>();
  const place = (each: Placed, above: number): number => {
    const free = rows.findIndex((row, index) => index >= above && row.every((other) => isApart(each, other)));
    const row = free === -1 ? Math.max(above, rows.length) : free;
    rows[row] = [...(rows[row] ?? []), { ...each, row }];
    placed.set(each, { ...each, row });
    return row;
  };
  // Each row of a side leaves room above it for the lines to the rows below.
  sided.filter(({ anchor }) => anchor === 'start').reduceRight((above, each) => place(each, above), 0);
  sided.filter(({ anchor }) => anchor === 'end').reduce((above, each) => place(each, above), 0);
  return { labels: sided.map((each) => placed.get(each) ?? each), rows: rows.length };
}

function beside(wanted: Wanted, all: readonly Wanted[], { from, to }: Extent): Placed {
  const width = wanted.text.length * (wanted.kind === 'gave-up' ? STRONG_CHARACTER : CHARACTER);
  const left = Math.max(from, wanted.x - INDENT);
  const right = Math.min(to, Math.max(wanted.x + INDENT, from + width));
  const after = { ...wanted, left, right: left + width, at: left, anchor: 'start', row: 0 } as const;
  const before = { ...wanted, left: right - width, right, at: right, anchor: 'end', row: 0 } as const;
  const covers = (placed: Sides) =>
    all.some(({ x }) => x !== wanted.x && x > placed.left && x < placed.right);
  if (after.right > to || (covers(after) && before.left >= from && !covers(before))) return before;
  return after;
}

function isApart(a: Sides, b: Sides): boolean {
  return a.left >= b.right + SPACE || b.left >= a.right + SPACE;
}
