import { FOREIGN_HINT } from '../nouns.ts';
import type { Span } from '../spans.ts';
import { cellKind, isColumnName, isLikely } from '../table-columns.ts';
import { readQuoted, toSpan } from '../values.ts';

/** `password;value`, as a row of a table with two columns or inside a longer row. */
const PAIR =
  /(?:^[\s>|+*-]{0,64}|[;|\t>][ ]{0,4})["']?([\p{L}][\p{L}\p{N} _-]{1,40}?)["']?[ ]{0,4}([;|\t])[ ]{0,4}(?::?={1,2}[ ]{0,4}\|[ ]{0,4})?(?=[^\s;|])/gu;
const COMMA_PAIR = /^[\s>|+*-]{0,16}["']?([\p{L}][\p{L}\p{N} _-]{1,40}?)["']?,[ ]?(?=[^\s,]+\s*$)/u;
const SEPARATOR = /[;|\t,]/;

/** Part of every name of a secret. */
const NAME_HINT = /pass|pwd?|psk|secr|key|token|commun|cred|code|seed|cookie|\P{ASCII}/iu;

function mayName(line: string): boolean {
  return NAME_HINT.test(line) || FOREIGN_HINT.test(line);
}

export function findPairs(line: string): readonly Span[] {
  if (!SEPARATOR.test(line) || !mayName(line)) return [];
  const spans: Span[] = [];
  PAIR.lastIndex = 0;
  for (let match = PAIR.exec(line); match; match = PAIR.exec(line)) {
    const at = match.index + match[0].length;
    spans.push(...valueAt(line, at, match[1] as string, match[2] as string));
    PAIR.lastIndex = match.index + match[0].lastIndexOf(match[2] as string);
  }
  const two = COMMA_PAIR.exec(line);
  if (two) spans.push(...valueAt(line, two[0].length, two[1] as string, ','));
  return spans;
}

function valueAt(line: string, at: number, name: string, separator: string): readonly Span[] {
  const kind = cellKind(name);
  if (kind === undefined) return [];
  const quoted = readQuoted(line, at);
  if (quoted) return toSpan(line, quoted, kind);
  const stop = line.indexOf(separator, at);
  const end = stop === -1 ? line.length : stop;
  const text = line.slice(at, end).trimEnd();
  if (isColumnName(text) || !isLikely(text, kind)) return [];
  return toSpan(line, { start: at, end: at + text.length, next: end }, kind);
}
