import type { SecretKind } from './kinds.ts';
import { secretKindOf } from './secret-names.ts';
import type { Span } from './spans.ts';
import { lineEnd, marginEnd, SECRET_LIKE, toSpan } from './values.ts';

/** A table with a column of secrets. */
export interface OpenTable {
  readonly separator: string;
  readonly width: number;
  readonly secrets: ReadonlyMap<number, SecretKind>;
}

interface Cell {
  readonly start: number;
  readonly end: number;
}

const SEPARATORS = [';', '\t', '|', ','] as const;
const MAX_HEADING = 600;
const MAX_ROW = 20_000;
/** Characters that column names do not contain. */
const NO_HEADING = /[=:[\]<>{}]/;
const NAME = /^[\p{L}_][\p{L}\p{N} _./()#-]{0,39}$/u;
/** Other columns in tables of people and devices. */
const COLUMN =
  /^(?:user(?:name|[ _]?id)?|benutzer(?:name)?|usuario|utilisateur|utente|gebruiker|name|login|account|e-?mail|mail|host(?:name)?|device|comments?|notes?|url|ip|address|role|group|site|phone|id|type|status|token|otp|expires?|created|updated|valid|description|last[ _]\w+|first[ _]\w+)$/i;
/** The line below a Markdown heading. */
const RULE = /^[\s|:+-]+$/;

/** `user;password;email`: all cells are names, and one of them names a secret. */
export function openTable(line: string): OpenTable | undefined {
  if (line.length > MAX_HEADING || NO_HEADING.test(line)) return undefined;
  for (const separator of SEPARATORS) {
    if (!line.includes(separator)) continue;
    const cells = cellsOf(line, separator);
    const names = cells.map(({ start, end }) => line.slice(start, end).trim());
    const named = names.filter((name) => name !== '');
    if (named.length < 2 || !named.every((name) => NAME.test(name) && !SECRET_LIKE.test(name))) continue;
    if (!named.some(isColumnName)) continue;
    const secrets = new Map<number, SecretKind>();
    for (const [index, name] of names.entries()) {
      const kind = secretKindOf(name, 'json') ?? secretKindOf(name, 'colon');
      if (kind !== undefined) secrets.set(index, kind);
    }
    if (secrets.size > 0) return { separator, width: cells.length, secrets };
  }
  return undefined;
}

/** Passwords may be any word. Generated values have letters and digits; a column `token` may contain states. */
export function isLikely(value: string, kind: SecretKind): boolean {
  const isChosen = kind === 'password' || kind === 'psk' || kind === 'community';
  return isChosen || SECRET_LIKE.test(value);
}

export function isColumnName(name: string): boolean {
  return name.length <= 40 && COLUMN.test(name.trim());
}

/** The secrets of a row; `undefined` if the table ended before this line. */
export function rowSecrets(
  line: string,
  { separator, width, secrets }: OpenTable,
): readonly Span[] | undefined {
  if (RULE.test(line) && line.includes('-')) return [];
  if (line.length > MAX_ROW) return undefined;
  const cells = cellsOf(line, separator);
  if (cells.length !== width) return undefined;
  return [...secrets].flatMap(([index, kind]) => {
    const cell = cells[index];
    if (cell === undefined || !isLikely(line.slice(cell.start, cell.end), kind)) return [];
    return toSpan(line, { ...cell, next: cell.end }, kind);
  });
}

/**
 * Cells without surrounding blanks and quotation marks. A quotation mark at the beginning of a cell continues to its
 * partner.
 */
function cellsOf(line: string, separator: string): readonly Cell[] {
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
