import { cellSecrets, htmlCells } from './html-rows.ts';
import type { SecretKind } from './kinds.ts';
import { patternFor } from './pattern-for.ts';
import { NAME_HINT } from './secret-names.ts';
import type { Span } from './spans.ts';
import { type Cell, cellKind, columnKinds, isLikely } from './table-columns.ts';
import { tokensIn } from './tokens.ts';
import { findMatches, lineEnd, marginEnd, toSpan } from './values.ts';

/** A table with a column of secrets. */
interface CellTable {
  readonly layout: 'cells';
  /** A character, two blanks for columns that are aligned with blanks, or the mark of a cell of HTML. */
  readonly separator: string;
  readonly columns: readonly Cell[];
  readonly secrets: ReadonlyMap<number, SecretKind>;
}

/** A heading whose columns are recognised by the line below it: `UserName Password`, `-------- --------`. */
interface AlignedHeading {
  readonly layout: 'heading';
  readonly text: string;
}

export type OpenTable = CellTable | AlignedHeading;

const GAPS = '  ';
const HTML = '<t';

const SEPARATORS = [';', '\t', '|', ',', '│', '┃', '║', '/', ':'] as const;
const MAX_HEADING = 600;
const MAX_ROW = 20_000;
/** Of a table that is aligned with blanks. */
const MAX_ALIGNED = { heading: 300, row: 2_000 };
const GAP = /[ \t]{2,}|\t/g;
const headingIn = patternFor('^[\\s>|+*•-]{0,40}[\\p{L}_][\\p{L}\\p{N} \\t_./()#-]{3,300}$', '');
/** The parts of a rule are the columns. */
const COLUMN_RULE = /^[\s>|+*`•-]{0,40}[-=_]{2,}(?:[ \t]{1,40}[-=_]{2,})+`?\s*$/;
/** Column titles do not form a sentence: this one has more than twelve words. */
const SENTENCE = /^(?:[^ \t]+[ \t]+){12}[^ \t]/;
/** Characters that column names do not contain. */
const NO_HEADING = /[=:[\]<>{}]/;
/** `select nasname,secret from nas;` names the columns of the rows below. */
const SELECT = /(?<!\w)select[ ]([\w., `"]{3,200}?)[ ]from[ ][^\s;]{1,80}/i;
/** The line below or around a heading. */
const RULE = /^[\s|:+`─━═│┃║┼╪╫┌┬┐└┴┘├┤╔╦╗╚╩╝╠╬╣┠┨-]+$/;

/** A heading of which one column names a secret. */
export function openTable(line: string): OpenTable | undefined {
  if (line.length > MAX_HEADING || !NAME_HINT.test(line)) return undefined;
  // Several rows of HTML in one line are read together.
  if (line.includes(HTML)) return /<tr.*<tr/i.test(line) ? undefined : ofCells(line, HTML);
  const selected = SELECT.exec(line)?.[1];
  if (selected !== undefined) return ofCells(`${selected},`, ',', '|');
  if (NO_HEADING.test(line.includes(' : ') ? line.replaceAll(' : ', '   ') : line)) return undefined;
  return openSeparated(line) ?? openAligned(line);
}

/** `user;password;email`: all cells are names, and one of them names a secret. */
function openSeparated(line: string): OpenTable | undefined {
  for (const separator of SEPARATORS) {
    const table = line.includes(separator) ? ofCells(line, separator) : undefined;
    // `User : Password` are a label and its value.
    if (table && (separator !== ':' || table.columns.length > 2)) return table;
  }
  return undefined;
}

function ofCells(line: string, separator: string, below = separator): CellTable | undefined {
  const columns = splitLine(line, separator);
  const secrets = columnKinds(
    columns.map(({ start, end }) => line.slice(start, end).replaceAll(/[`"]/g, '').trim()),
  );
  return secrets && { layout: 'cells', separator: below, columns, secrets };
}

/** The table after this line, and the secrets in it; `undefined` if it ended before. */
export function continueTable(
  line: string,
  table: OpenTable,
): { readonly table: OpenTable; readonly spans: readonly Span[] } | undefined {
  if (table.layout === 'heading') {
    const ruled = ruledTable(table, line);
    return ruled && { table: ruled, spans: [] };
  }
  const spans = rowSecrets(line, table);
  return spans && { table, spans };
}

/** The secrets of a row; `undefined` if the table ended before this line. */
function rowSecrets(line: string, { separator, columns, secrets }: CellTable): readonly Span[] | undefined {
  const isAligned = separator === GAPS;
  if (isAligned ? COLUMN_RULE.test(line) : RULE.test(line) && /[-─━═]/.test(line)) return [];
  if (line.length > (isAligned ? MAX_ALIGNED.row : MAX_ROW)) return undefined;
  const cells = splitLine(line, separator);
  if (separator === HTML) return line.includes(HTML) ? cellSecrets(line, cells, secrets) : undefined;
  const isWhole = cells.length === columns.length;
  if (!isWhole && (!isAligned || cells.length < 2)) return undefined;
  // A token may have replaced separators, or moved the text behind it: the cells of a redacted line were redacted, too.
  if (!(isAligned && isWhole) && Array.from(tokensIn(line)).length > 0) return [];
  // The heading, below the command that selects its columns.
  const isHeading = columnKinds(cells.map(({ start, end }) => line.slice(start, end))) !== undefined;
  return [...secrets].flatMap(([index, kind]) => {
    const cell = isWhole ? cells[index] : cellBelow(cells, columns, index);
    const text = cell && line.slice(cell.start, cell.end);
    if (!text || !isLikely(text, kind) || (isHeading && cellKind(text))) return [];
    return toSpan(line, { ...cell, next: cell.end }, kind);
  });
}

function splitLine(line: string, separator: string): readonly Cell[] {
  if (separator === HTML) return htmlCells(line);
  return separator === GAPS ? gapCells(line) : splitCells(line, separator);
}

/** Cells without surrounding blanks and quotation marks. A quotation mark at the beginning of a cell continues to its partner. */
function splitCells(line: string, separator: string): readonly Cell[] {
  const cells: Cell[] = [];
  const blanks = separator === '\t' ? ' ' : ' \t';
  const end = lineEnd(line);
  // The margin includes the number of a first cell before a tab, and the `|` that begins a Markdown row.
  let at = separator === '\t' && line.slice(0, marginEnd(line)).includes('\t') ? 0 : marginEnd(line);
  if (separator === '|') {
    while (at > 0 && line[at - 1] === '|') at -= 1;
  }
  for (;;) {
    let start = at;
    while (start < end && blanks.includes(line[start] ?? '')) start += 1;
    const isQuoted = line[start] === '"';
    const close = isQuoted ? closing(line, start + 1, end) : -1;
    const from = isQuoted && close !== -1 ? close + 1 : start;
    const stop = line.indexOf(separator, from);
    const next = stop === -1 || stop >= end ? end : stop;
    if (isQuoted && close !== -1) cells.push({ start: start + 1, end: close });
    else cells.push({ start, end: start + line.slice(start, next).trimEnd().length });
    if (next === end) return cells;
    at = next + 1;
  }
}

/** A quotation mark inside is doubled. */
function closing(line: string, from: number, end: number): number {
  let at = line.indexOf('"', from);
  while (at !== -1 && at < end && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at < end ? at : -1;
}

/** `User   Password`: several names with gaps between them, and one of them names a secret. */
function openAligned(line: string): OpenTable | undefined {
  if (line.length > MAX_ALIGNED.heading) return undefined;
  if (!headingIn(line).test(line)) return undefined;
  const text = line.slice(marginEnd(line)).trim();
  const isTitle = !SENTENCE.test(text);
  const columns = gapCells(line);
  if (columns.length >= 2) return createTable(line, columns);
  return isTitle && columnKinds(text.split(/[ \t]+/), true) ? { layout: 'heading', text: line } : undefined;
}

/** The table of a heading whose next line is a rule: its parts are the columns. */
function ruledTable(heading: AlignedHeading, rule: string): CellTable | undefined {
  if (!COLUMN_RULE.test(rule)) return undefined;
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

function createTable(heading: string, columns: readonly Cell[]): CellTable | undefined {
  const names = columns.map(({ start }, at) =>
    heading.slice(start, columns[at + 1]?.start ?? heading.length).trim(),
  );
  const secrets = columnKinds(names, true);
  return secrets && { layout: 'cells', separator: GAPS, columns, secrets };
}

/** The first cell that shares a character with the column. */
function cellBelow(cells: readonly Cell[], columns: readonly Cell[], index: number): Cell | undefined {
  const from = columns[index]?.start ?? 0;
  const to = columns[index + 1]?.start ?? Number.POSITIVE_INFINITY;
  return cells.find(({ start, end }) => start < to && end > from);
}

function gapCells(line: string): readonly Cell[] {
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
