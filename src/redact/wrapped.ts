import type { SecretKind } from './kinds.ts';
import { looksLikeCommand } from './pem.ts';
import type { OpenEnd, Span } from './spans.ts';
import { findClosing, lineEnd } from './values.ts';

/** A secret that reached the end of a line without a closing mark. */
export interface OpenValue {
  readonly kind: SecretKind;
  readonly open: OpenEnd;
  /** Absent while only the `ENC` mark was seen. */
  readonly token?: string;
  /** Characters in the line before: a terminal wraps only full lines. */
  readonly width: number;
  /** Characters of the secret so far. */
  readonly length: number;
  readonly lines: number;
}

/** Terminals are 80 columns wide or wider; some keep the last ones free. */
const FULL_LINE = 76;
const MOST_LINES = 64;
const ENCODED = /^[A-Za-z0-9+/]+={0,2}$/;
const LOG_START = /^(?:\[\d|\d{4}-\d\d-\d\d)/;

/** How a line goes on with an open secret; `undefined` when it is something else, because the secret was cut. */
export function continueValue(
  line: string,
  value: OpenValue,
): { readonly span: Span; readonly stillOpen?: OpenValue } | undefined {
  if (line === '' || /^\s/.test(line) || looksLikeCommand(line) || LOG_START.test(line)) return undefined;
  if (value.lines >= MOST_LINES) return undefined;
  return value.open.by === 'quote' ? continueQuoted(line, value, value.open) : continueWord(line, value);
}

function continueQuoted(line: string, value: OpenValue, open: OpenEnd & { by: 'quote' }) {
  const close = findClosing(line, 0, open.marks, open.backslashes);
  const end = close === undefined ? lineEnd(line) : close - open.backslashes;
  const span = { start: 0, end, kind: value.kind };
  const isOneWord = !/\s/.test(line.slice(0, end));
  if (!isOneWord && (close === undefined || value.width < FULL_LINE)) return undefined;
  return close === undefined ? { span, stillOpen: grown(line, value, end) } : { span };
}

function continueWord(line: string, value: OpenValue) {
  const end = lineEnd(line);
  const word = line.slice(0, end);
  if (/\s/.test(word)) return undefined;
  const encoded = value.open.by === 'word' && value.open.encoded;
  if (encoded ? !isEncodedRest(word, value) : value.width < FULL_LINE) return undefined;
  return { span: { start: 0, end, kind: value.kind }, stillOpen: grown(line, value, end) };
}

function isEncodedRest(word: string, value: OpenValue): boolean {
  if (!ENCODED.test(word)) return false;
  if (value.width >= FULL_LINE || value.length === 0 || value.length % 4 !== 0) return true;
  return word.length >= 16 && /[0-9+/]/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}

function grown(line: string, value: OpenValue, added: number): OpenValue {
  return { ...value, width: line.length, length: value.length + added, lines: value.lines + 1 };
}
