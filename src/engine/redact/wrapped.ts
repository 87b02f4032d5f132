import type { SecretKind } from './kinds.ts';
import { isOrdinary } from './ordinary-words.ts';
import { looksLikeCommand } from './pem.ts';
import { type Cut, cutLine, type OpenEnd, type Span } from './spans.ts';
import { findClosing, lineEnd, readWord } from './values.ts';

/** A secret that reached the end of a line without a closing mark. */
export interface OpenValue {
  readonly kind: SecretKind;
  readonly open: OpenEnd;
  /** Absent while only the `ENC` mark was seen. */
  readonly token?: string;
  readonly cut: Cut;
  /** Characters of the secret so far. */
  readonly length: number;
  readonly lines: number;
}

const MAX_LINES = 64;
const ENCODED = /^[A-Za-z0-9+/]+={0,2}$/;
const BYTES = /^(?:[ \t]?[0-9a-fA-F]{1,2}(?![0-9a-zA-Z]))+/;
const HEADER = /^[\w-]+:$/;
const LOG_START = /^(?:\[\d|\d{4}-\d\d-\d\d)/;

/** The rest of a secret of any kind: letters and digits, base64 and hexadecimal. */
const ANY_REST = '0a'.repeat(64);
/** A shorter rest may be the end of an unrelated word. */
const MIN_REST_LENGTH = 3;
const JOINING_MARK = /[\\=]$/;

/** The secrets in a line; in a line that was certainly cut, also with the rest, since most secrets are recognised by their length, too. */
export function inWhole(line: string, find: (line: string) => readonly Span[]): readonly Span[] {
  const found = find(line);
  if (cutLine(line) !== 'certain') return found;
  const cut = line.replace(JOINING_MARK, '');
  const withRest = find(cut + ANY_REST).flatMap((span): readonly Span[] => {
    if (span.end <= cut.length) return [span];
    // Behind the mark that opens it the value may begin in the next line.
    const isOpened = span.open?.by === 'quote' && span.start <= cut.length;
    if (!isOpened && (span.start > cut.length - MIN_REST_LENGTH || isWhole(cut.slice(span.start)))) return [];
    return [{ ...span, end: cut.length, open: span.open ?? { by: 'word', encoded: false } }];
  });
  return [...withRest, ...found];
}

/** A number, a code of Windows, or the last word of a sentence. */
function isWhole(text: string): boolean {
  return /^(?:0x[\da-f]{8}|\d*)$/i.test(text) || isOrdinary(text.replace(/[.!?]$/, ''));
}

/** How a line continues an open secret; `undefined` if it does not, because the secret was truncated. */
export function continueValue(
  line: string,
  value: OpenValue,
): { readonly span: Span; readonly stillOpen?: OpenValue } | undefined {
  if (value.open.by === 'bytes') return continueBytes(line, value);
  if (line === '' || looksLikeCommand(line) || LOG_START.test(line)) return undefined;
  if (value.lines >= MAX_LINES) return undefined;
  const { open } = value;
  if (/^\s/.test(line)) return open.by === 'quote' ? continueFolded(line, value, open) : undefined;
  return open.by === 'quote' ? continueQuoted(line, value, open) : continueWord(line, value);
}

function continueQuoted(line: string, value: OpenValue, open: OpenEnd & { by: 'quote' }) {
  const close = findClosing(line, 0, open.marks, open.backslashes);
  const end = close === undefined ? lineEnd(line) : close - open.backslashes;
  const span = { start: 0, end, kind: value.kind };
  const isOneWord = !/\s/.test(line.slice(0, end));
  if (!isOneWord && (close === undefined || value.cut === 'unlikely')) return undefined;
  return close === undefined ? { span, stillOpen: grown(line, value, end) } : { span };
}

/** A header goes on behind one blank; a value that begins in this line may be indented. */
function continueFolded(line: string, value: OpenValue, open: OpenEnd & { by: 'quote' }) {
  const begins = value.length === 0;
  const start = begins ? line.length - line.trimStart().length : 1;
  const close = findClosing(line, start, open.marks, open.backslashes);
  const end = close === undefined ? lineEnd(line) : close - open.backslashes;
  if ((close === undefined && !begins) || !/^\S{16,}$/.test(line.slice(start, end))) return undefined;
  const span = { start, end, kind: value.kind };
  return close === undefined ? { span, stillOpen: grown(line, value, end) } : { span };
}

function continueWord(line: string, value: OpenValue) {
  const encoded = value.open.by === 'word' && value.open.encoded;
  const whole = lineEnd(line);
  const end = readWord(line, 0).end;
  const word = line.slice(0, end);
  if (end < whole) {
    const goesOn = value.cut === 'certain' && !encoded && /\w/.test(word) && !HEADER.test(word);
    return goesOn ? { span: { start: 0, end, kind: value.kind } } : undefined;
  }
  if (encoded ? !isEncodedRest(word, value) : value.cut === 'unlikely') return undefined;
  return { span: { start: 0, end, kind: value.kind }, stillOpen: grown(line, value, end) };
}

/** Bytes are often followed by other bytes, so only the place of the cut distinguishes them. */
function continueBytes(line: string, value: OpenValue) {
  const bytes = BYTES.exec(line);
  if (!bytes || value.cut !== 'certain') return undefined;
  const end = bytes[0].length;
  const span = { start: 0, end, kind: value.kind };
  return end === lineEnd(line) ? { span, stillOpen: grown(line, value, end) } : { span };
}

function isEncodedRest(word: string, value: OpenValue): boolean {
  if (!ENCODED.test(word)) return false;
  if (value.cut !== 'unlikely' || value.length === 0 || value.length % 4 !== 0) return true;
  return word.length >= 16 && /[0-9+/]/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}

function grown(line: string, value: OpenValue, added: number): OpenValue {
  return { ...value, cut: cutLine(line), length: value.length + added, lines: value.lines + 1 };
}
