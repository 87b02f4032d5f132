import type { SecretKind } from './kinds.ts';
import { patternFor } from './pattern-for.ts';
import type { Span } from './spans.ts';
import { type Cell, columnKinds, isLikely } from './table-columns.ts';
import { tokensIn } from './tokens.ts';
import { findMatches, lineEnd, marginEnd, toSpan } from './values.ts';

/** A table whose columns are aligned with blanks, one of them with secrets. */
export interface AlignedTable {
  readonly layout: 'aligned';
  readonly columns: readonly Cell[];
  readonly secrets: ReadonlyMap<number, SecretKind>;
}

/** A heading whose columns are recognised by the line below it: `UserName Password`, `-------- --------`. */
export interface AlignedHeading {
  readonly layout: 'heading';
  readonly text: string;
}

const MAX_HEADING = 300;
const MAX_ROW = 2000;
const GAP = /[ \t]{2,}|\t/g;
const HAS_GAP = /[ \t]{2}|\t/; // User  Password
const headingIn = patternFor('^[\\s>|+*•-]{0,40}[\\p{L}_][\\p{L}\\p{N} \\t_./()#-]{3,300}$', '');
const RULE = /^[\s>|+*`•-]{0,40}[-=_]{2,}(?:[ \t]{1,40}[-=_]{2,})+`?\s*$/;
/** Column titles do not form a sentence: this one has more than twelve words. */
const SENTENCE = /^(?:[^ \t]+[ \t]+){12}[^ \t]/;

/** `User   Password`: several names with gaps between them, and one of them names a secret. */
export function openAligned(line: string): AlignedTable | AlignedHeading | undefined {
  if (line.length > MAX_HEADING) return undefined;
  if (!headingIn(line).test(line)) return undefined;
  const text = line.slice(marginEnd(line)).trim();
  const isTitle = !SENTENCE.test(text);
  if (!isTitle && !HAS_GAP.test(line)) return undefined;
  const columns = splitCells(line);
  if (columns.length >= 2) return createTable(line, columns);
  return isTitle && columnKinds(text.split(/[ \t]+/), true) ? { layout: 'heading', text: line } : undefined;
}

/** The table of a heading whose next line is a rule: its parts are the columns. */
export function ruledTable(heading: AlignedHeading, rule: string): AlignedTable | undefined {
  if (!RULE.test(rule)) return undefined;
  const start = marginEnd(heading.text);
  const parts = Array.from(rule.matchAll(/[-=_]{2,}/g), (part) => ({
    start: Math.max(part.index, start),
    end: part.index + part[0].length,
  }));
  // The margin of a diff or a list looks like a part of the rule.
  return createTable(
    heading.text,
    parts.filter((part) => part.end > part.start),
  );
}

function createTable(heading: string, columns: readonly Cell[]): AlignedTable | undefined {
  const names = columns.map(({ start }, at) =>
    heading.slice(start, columns[at + 1]?.start ?? heading.length).trim(),
  );
  const secrets = columnKinds(names, true);
  return secrets && { layout: 'aligned', columns, secrets };
}

/** The secrets of a row; `undefined` if the table ended before this line. */
export function alignedSecrets(line: string, table: AlignedTable): readonly Span[] | undefined {
  if (line.length > MAX_ROW) return undefined;
  if (RULE.test(line)) return [];
  const cells = splitCells(line);
  const { columns, secrets } = table;
  const isWhole = cells.length === columns.length;
  if (cells.length < 2 && !isWhole) return undefined;
  // Tokens have other lengths than what they replaced, and move the text after them.
  if (!isWhole && Array.from(tokensIn(line)).length > 0) return [];
  return [...secrets].flatMap(([index, kind]) => {
    const cell = isWhole ? cells[index] : cellBelow(cells, columns, index);
    if (cell === undefined || !isLikely(line.slice(cell.start, cell.end), kind)) return [];
    return toSpan(line, { ...cell, next: cell.end }, kind);
  });
}

/** The first cell that shares a character with the column. */
function cellBelow(cells: readonly Cell[], columns: readonly Cell[], index: number): Cell | undefined {
  const from = columns[index]?.start ?? 0;
  const to = columns[index + 1]?.start ?? Number.POSITIVE_INFINITY;
  return cells.find(({ start, end }) => start < to && end > from);
}

function splitCells(line: string): readonly Cell[] {
  const end = lineEnd(line);
  let at = marginEnd(line);
  const cells: Cell[] = [];
  for (const gap of findMatches(GAP, line.slice(0, end))) {
    if (gap.index < at) continue;
    cells.push({ start: at, end: gap.index });
    at = gap.index + gap[0].length;
  }
  if (at < end) cells.push({ start: at, end });
  return cells;
}
