import {
  type AlignedHeading,
  type AlignedTable,
  alignedSecrets,
  openAligned,
  ruledTable,
} from './aligned-table.ts';
import { cellSecrets, htmlCells, htmlHeading } from './html-rows.ts';
import type { SecretKind } from './kinds.ts';
import { NAME_HINT } from './secret-names.ts';
import type { Span } from './spans.ts';
import { type Cell, cellKind, columnKinds, isLikely } from './table-columns.ts';
import { tokensIn } from './tokens.ts';
import { lineEnd, marginEnd, toSpan } from './values.ts';

/** A table whose cells are separated by a character, with a column of secrets. */
export interface SeparatedTable {
  readonly layout: 'separated';
  readonly separator: string;
  readonly width: number;
  readonly secrets: ReadonlyMap<number, SecretKind>;
}

/** Rows of HTML. */
export interface HtmlTable {
  readonly layout: 'html';
  readonly secrets: ReadonlyMap<number, SecretKind>;
}

export type OpenTable = SeparatedTable | HtmlTable | AlignedTable | AlignedHeading;

const SEPARATORS = [';', '\t', '|', ',', '│', '┃', '║', '/', ':'] as const;
const MAX_HEADING = 600;
const MAX_ROW = 20_000;
/** Characters that column names do not contain. */
const NO_HEADING = /[=:[\]<>{}]/;
/** `select nasname,secret from nas;` names the columns of the rows below. */
const SELECT = /(?<!\w)select[ ]([\w., `"]{3,200}?)[ ]from[ ][^\s;]{1,80}/i;
/** The line below or around a heading. */
const RULE = /^[\s|:+`─━═│┃║┼╪╫┌┬┐└┴┘├┤╔╦╗╚╩╝╠╬╣┠┨-]+$/;

/** A heading of which one column names a secret. */
export function openTable(line: string): OpenTable | undefined {
  if (line.length > MAX_HEADING || !NAME_HINT.test(line)) return undefined;
  if (line.includes('<t')) return openHtml(line);
  const selected = SELECT.exec(line)?.[1];
  if (selected !== undefined) return ofNames([...selected.split(','), ''], '|');
  if (NO_HEADING.test(line.includes(' : ') ? line.replaceAll(' : ', '   ') : line)) return undefined;
  return openSeparated(line) ?? openAligned(line);
}

function openHtml(line: string): HtmlTable | undefined {
  // Several rows are read together.
  if (/<tr.*<tr/i.test(line)) return undefined;
  const secrets = htmlHeading(line, htmlCells(line));
  return secrets && { layout: 'html', secrets };
}

/** `user;password;email`: all cells are names, and one of them names a secret. */
function openSeparated(line: string): SeparatedTable | undefined {
  for (const separator of SEPARATORS) {
    if (!line.includes(separator)) continue;
    const names = splitCells(line, separator).map(({ start, end }) => line.slice(start, end));
    // `User : Password` are a label and its value.
    const table = separator !== ':' || names.length > 2 ? ofNames(names, separator) : undefined;
    if (table) return table;
  }
  return undefined;
}

function ofNames(given: readonly string[], separator: string): SeparatedTable | undefined {
  const names = given.map((name) => name.replaceAll(/[`"]/g, '').trim());
  const secrets = columnKinds(names);
  return secrets && { layout: 'separated', separator, width: names.length, secrets };
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
  if (table.layout === 'html') {
    if (line.length > MAX_ROW || !line.includes('<t')) return undefined;
    return { table, spans: cellSecrets(line, htmlCells(line), table.secrets) };
  }
  const spans = table.layout === 'aligned' ? alignedSecrets(line, table) : rowSecrets(line, table);
  return spans && { table, spans };
}

/** The secrets of a row; `undefined` if the table ended before this line. */
function rowSecrets(
  line: string,
  { separator, width, secrets }: SeparatedTable,
): readonly Span[] | undefined {
  if (RULE.test(line) && /[-─━═]/.test(line)) return [];
  if (line.length > MAX_ROW) return undefined;
  const cells = splitCells(line, separator);
  if (cells.length !== width) return undefined;
  // A token may have replaced separators: only a redacted line has one, and its cells were redacted, too.
  if (Array.from(tokensIn(line)).length > 0) return [];
  // The heading, below the command that selects its columns.
  const isHeadingRow = columnKinds(cells.map(({ start, end }) => line.slice(start, end))) !== undefined;
  return [...secrets].flatMap(([index, kind]) => {
    const cell = cells[index];
    const text = cell && line.slice(cell.start, cell.end);
    if (!text || !isLikely(text, kind) || (cellKind(text) && isHeadingRow)) return [];
    return toSpan(line, { ...cell, next: cell.end }, kind);
  });
}

/**
 * Cells without surrounding blanks and quotation marks. A quotation mark at the beginning of a cell continues to its
 * partner.
 */
function splitCells(line: string, separator: string): readonly Cell[] {
  const cells: Cell[] = [];
  const blanks = separator === '\t' ? ' ' : ' \t';
  const end = lineEnd(line);
  let at = marginEnd(line);
  // The margin includes the `|` that begins a Markdown row.
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
    else cells.push({ start, end: Math.max(start, trimmedEnd(line, start, next)) });
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

function trimmedEnd(line: string, start: number, end: number): number {
  let at = end;
  while (at > start && (line[at - 1] === ' ' || line[at - 1] === '\t')) at -= 1;
  return at;
}
