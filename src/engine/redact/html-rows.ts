import type { SecretKind } from './kinds.ts';
import type { Span } from './spans.ts';
import { type Cell, columnKinds } from './table-columns.ts';
import { findMatches, toSpan } from './values.ts';

const CELL = /<t[hd](?: [^<>]{0,200})?>(?:<(?:b|strong|code|tt|i|p)>)?([^<>]{0,400})/gi;
const ROW = /<tr(?: [^<>]{0,200})?>/gi;
const MAX_LINE = 20_000;

/** The cells of the row of an HTML table that begins at `from`. */
export function htmlCells(line: string, from = 0, to = line.length): readonly Cell[] {
  return findMatches(CELL, line.slice(from, to)).map((cell) => {
    const end = from + cell.index + cell[0].length;
    return { start: end - (cell[1] as string).length, end };
  });
}

/** Rows below a heading that names a column of secrets, all in one line. */
export function htmlRowSecrets(line: string): readonly Span[] {
  if (line.length > MAX_LINE || !/<tr/i.test(line)) return [];
  const starts = findMatches(ROW, line).map(({ index }) => index);
  let secrets: ReadonlyMap<number, SecretKind> | undefined;
  return starts.flatMap((start, index): readonly Span[] => {
    const cells = htmlCells(line, start, starts[index + 1] ?? line.length);
    const heading = columnKinds(cells.map(({ start, end }) => line.slice(start, end).trim()));
    if (heading) {
      secrets = heading;
      return [];
    }
    return secrets ? cellSecrets(line, cells, secrets) : [];
  });
}

export function cellSecrets(
  line: string,
  cells: readonly Cell[],
  secrets: ReadonlyMap<number, SecretKind>,
): readonly Span[] {
  return [...secrets].flatMap(([index, kind]) => {
    const cell = cells[index];
    return cell ? toSpan(line, { ...cell, next: cell.end }, kind) : [];
  });
}
