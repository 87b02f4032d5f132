import { hint } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { findSecretKind } from '../secret-names.ts';
import { cutLine, type Span } from '../spans.ts';
import { lineEnd, type ReadValue, readQuoted, readWord, skipBlanks } from '../values.ts';

export const ENCRYPTED_HINT = hint('', 'ENC');
const ENC = /(?<![A-Za-z0-9])ENC(?=[\s"'“”„‘\\]|$)/g;
const BETWEEN = /[\s"'“”\\:=]/;
const NAME_CHARACTER = /[\w-]/;
const ENC_STOPS = '"”“\',;)}[]->';
const QUOTES = `"'`;
/** Prose after a bare `ENC` is not a value: `the ENC value` has neither digit nor capital. */
const ENCODED = /^(?=[A-Za-z0-9+/]).*[0-9A-Z+/=]/;

/** Every `ENC …` value, with any name: FortiOS prints all stored secrets in this form. */
export function findEncrypted(line: string): readonly Span[] {
  const spans: Span[] = [];
  ENC.lastIndex = 0;
  for (let match = ENC.exec(line); match; match = ENC.exec(line)) {
    const kind = findSecretKind(nameBefore(line, match.index), 'set') ?? 'secret';
    const found = encryptedSpan(line, match.index, hashKind(kind));
    spans.push(...found);
    ENC.lastIndex = Math.max(ENC.lastIndex, found.at(-1)?.end ?? 0);
  }
  return spans;
}

/** Searches backwards, because a pattern anchored at its end would try every start before it. */
function nameBefore(line: string, at: number): string {
  let end = at;
  while (end > 0 && at - end < 48 && BETWEEN.test(line[end - 1] as string)) end--;
  let start = end;
  while (start > 0 && end - start < 48 && NAME_CHARACTER.test(line[start - 1] as string)) start--;
  return line.slice(start, end);
}

export function isEncMark(line: string, at: number): boolean {
  return line.startsWith('ENC', at) && !/[A-Za-z0-9+/]/.test(line[at + 3] ?? ' ');
}

/** A stored password is shown as a hash or as reversible text; they cannot be distinguished, so both are hidden. */
export function hashKind(kind: SecretKind): SecretKind {
  return kind === 'password' ? 'password-hash' : kind;
}

/** `"ENC" "…"`: a log of configuration errors quotes every word. */
function behindMark(line: string, at: number): number {
  const quote = line[at - 1];
  const isAlone = quote !== undefined && QUOTES.includes(quote) && line[at + 3] === quote;
  return skipBlanks(line, isAlone ? at + 4 : at + 3);
}

/** The value after the `ENC` at `at`; `within` is the quoted value that contains `ENC` itself. */
export function encryptedSpan(
  line: string,
  at: number,
  kind: SecretKind,
  within?: ReadValue,
  isCommand = false,
): readonly Span[] {
  const start = behindMark(line, at);
  // The quotation mark of the text that ends with it: `parse("set secret ENC")`.
  if (!within && start === at + 3 && QUOTES.includes(line[start] ?? ' ')) return [];
  if (within) {
    const open = within.open ? { open: within.open } : {};
    return start < within.end || within.open
      ? [{ start: Math.min(start, within.end), end: within.end, kind, ...open }]
      : [];
  }
  const end = lineEnd(line);
  if (start >= end) return [{ start: end, end, kind, open: { by: 'word', encoded: true } }];
  const quoted = readQuoted(line, start);
  if (quoted) {
    return [{ start: quoted.start, end: quoted.end, kind, open: quoted.open }];
  }
  const word = readWord(line, start, isCommand ? QUOTES : ENC_STOPS);
  const text = line.slice(word.start, word.end);
  const isCut = word.end === end && cutLine(line) !== 'unlikely';
  if (
    ((text.length < 8 && !isCut) || !ENCODED.test(text)) &&
    !(isCommand && text.length > 3 && !isOrdinary(text))
  )
    return [];
  const open = word.end === end ? { open: { by: 'word', encoded: true } as const } : {};
  return [{ start: word.start, end: word.end, kind, ...open }];
}
