import type { Hint } from './hint.ts';
import type { SecretKind } from './kinds.ts';
import { isAlreadyHidden } from './tokens.ts';

/** One secret in one line: `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
  /** Set if the span continues the secret of an earlier line. */
  readonly token?: string;
  /** Set if the value does not end in this line, with what ends it on a later one. */
  readonly open?: OpenEnd;
}

/**
 * `quote`: ends at a closing quote with this many backslashes before it. `word`: it ended the line, so the terminal
 * may have wrapped it; `encoded` is base64. `bytes` are written one by one.
 */
export type OpenEnd =
  | { readonly by: 'quote'; readonly marks: string; readonly backslashes: number }
  | { readonly by: 'word'; readonly encoded: boolean }
  | { readonly by: 'bytes' };

/** How certain it is that a line was split at its end and continues in the next. */
export type Cut = 'certain' | 'possible' | 'unlikely';

/** Columns; terminals have 80 or more, and some leave the last ones empty. */
const FULL_LINE = 76;
/** Terminal widths; a line of exactly this length counts as split. */
const TERMINAL_WIDTHS = new Set([80, 100, 120, 132]);
/** Characters of a line of mail that ends with an equals sign. */
const MAIL_WIDTHS = { from: 71, to: 76 };

export function cutLine(line: string): Cut {
  // FortiOS joins a line that ends with a backslash to the next.
  if (TERMINAL_WIDTHS.has(line.length) || line.endsWith('\\')) return 'certain';
  if (line.endsWith('=') && line.length >= MAIL_WIDTHS.from && line.length <= MAIL_WIDTHS.to)
    return 'certain';
  return line.length >= FULL_LINE ? 'possible' : 'unlikely';
}

/** What earlier lines say about the current one. */
export interface LineContext {
  /** Inside `config system snmp community`, where the name is the secret. */
  readonly inCommunity: boolean;
  /** Inside `config http-headers`, below no name of a harmless header. */
  readonly inHeaders: boolean;
  /** A line shortly before names a secret. */
  readonly isNearNoun?: boolean;
  /** Kind of the header that goes on in this line, which is indented. */
  readonly inHeader?: SecretKind;
  /** Inside the data of a Kubernetes Secret, where every value is a secret. */
  readonly inSecretData: boolean;
}

/** Finds secrets in lines with its hint. */
export interface Finder {
  readonly hint: Hint;
  readonly find: (line: string, context: LineContext) => readonly Span[];
}

/** Blocks and headers make a secret of a value that has no word of its own. */
export function findWith(finders: readonly Finder[], line: string, context: LineContext): readonly Span[] {
  const isPlain = context.inHeader === undefined && !context.inCommunity && !context.inHeaders;
  return finders.flatMap(({ hint, find }) => (!isPlain || hint.test(line) ? find(line, context) : []));
}

/** Sorted, without overlaps; overlapping spans are united, with the kind of the first. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (!last || span.start > last.end || (span.start === last.end && span.start !== span.end)) {
      merged.push(span);
      continue;
    }
    if (span.end < last.end) continue;
    const { open, ...kept } = last;
    const stillOpen = span.end === last.end ? (open ?? span.open) : span.open;
    merged[merged.length - 1] = { ...kept, end: span.end, open: stillOpen };
  }
  return merged;
}

/** Before spans are joined: one that begins with a token must not absorb a new secret after it. */
export function hides(text: string, span: Span): boolean {
  return span.start === span.end || !isAlreadyHidden(text.slice(span.start, span.end));
}

/** What is replaced, in the order of the text. */
export function joinSpans(text: string, found: readonly Span[]): readonly Span[] {
  return mergeSpans(found)
    .flatMap((span) => betweenQuotes(text, span))
    .filter((span) => hides(text, span));
}

/**
 * The parts of a span between the quotation marks in it, and without a backslash that escapes the mark behind it: a
 * quotation mark ends or begins a value of FortiOS, so that their number must stay.
 */
function betweenQuotes(text: string, span: Span): readonly Span[] {
  const { end } = span;
  const parts: Span[] = [];
  let start = span.start;
  let run = backslashesBefore(text, start);
  const { open: _open, ...closed } = span;
  for (let at = start; at < end; at++) {
    const mark = text[at];
    if (mark === '"' && run % 2 === 0) {
      if (at > start) parts.push({ ...closed, start, end: at });
      start = at + 1;
    }
    run = mark === '\\' ? run + 1 : 0;
  }
  const last = text[end] === '"' && run % 2 === 1 && text[end - 1] === '\\' ? end - 1 : end;
  if (last > start || parts.length === 0) parts.push({ ...span, start, end: Math.max(start, last) });
  return parts;
}

function backslashesBefore(text: string, at: number): number {
  let run = 0;
  while (text[at - 1 - run] === '\\') run++;
  return run;
}
