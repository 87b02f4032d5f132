import { hint } from './hint.ts';
import type { Span } from './spans.ts';
import { isAlreadyHidden } from './tokens.ts';
import { findMatches, marginEnd, skipBlanks } from './values.ts';

const BEGIN = /-{4,5} ?BEGIN ([A-Za-z0-9 ]{1,40}?) ?-{4,5}/g;
const PEM_HINT = hint('', 'BEGIN ');
const END = /-{4,5} ?END [A-Za-z0-9 ]{1,40}-{4,5}/;
const PRIVATE = /PRIVATE KEY|LICENSE|SSH2 ENCRYPTED|Static key/;
/** `The file starts with -----BEGIN PRIVATE KEY----- so it is …`. */
const SENTENCE = /^ [a-z]{1,12} [a-z]{1,12}(?= )/;
const BASE64 = /^[A-Za-z0-9+/=]*$/;
const PEM_HEADER = /^(?:Proc-Type|DEK-Info|Comment|Version|Subject): /;
const LONG_RUN = /[A-Za-z0-9+/]{40,}/;
const LAST_RUN = /^[A-Za-z0-9+/]{2,}={0,2}(?=[<"'”’`&\\|)\]}])(?!(?:<|&lt;)[a-z-]{3,20}#\d)/;
/** A token of ours at the beginning of a line, and what follows it. */
const HIDDEN = /^(?:<|&lt;)([a-z-]{3,20})#\d{1,9}(?:>|&gt;)(?=(.?))/;
const CLI = /^[\s+-]*(?:config|edit|set|unset|append|next|end|exit|abort)(?:\s|$)/;

/**
 * A body that continues in the next line: of a private key, of a certificate, which is public and stays, or of
 * possible key material without a header.
 */
export type OpenPem = 'private' | 'public' | 'headless';

export interface PemScan {
  readonly spans: readonly Span[];
  readonly open?: Exclude<OpenPem, 'headless'>;
}

/** Bodies of private keys that begin in this line at or after `from`. */
export function scanPem(line: string, from: number): PemScan {
  if (!PEM_HINT.test(line)) return { spans: [] };
  const spans: Span[] = [];
  let open: PemScan['open'];
  BEGIN.lastIndex = from;
  for (let match = BEGIN.exec(line); match; match = BEGIN.exec(line)) {
    const bodyStart = match.index + match[0].length;
    if (SENTENCE.test(line.slice(bodyStart, bodyStart + 30))) continue;
    const ending = END.exec(line.slice(bodyStart));
    const bodyEnd = ending ? bodyStart + ending.index : line.length;
    const isPrivate = PRIVATE.test(match[1] as string);
    if (isPrivate) spans.push(...bodySpan(line, bodyStart, bodyEnd));
    if (!ending) {
      open = isPrivate ? 'private' : 'public';
      break;
    }
    BEGIN.lastIndex = bodyEnd;
  }
  return open ? { spans, open } : { spans };
}

function bodySpan(line: string, from: number, to: number): readonly Span[] {
  const start = skipBlanks(line, from);
  let end = to;
  while (end > start && /[\s"”'’]/.test(line[end - 1] as string)) end--;
  if (end <= start || isAlreadyHidden(line.slice(start, end))) return [];
  return [{ start, end, kind: 'private-key' }];
}

const MARK = /-{4,5} ?(?:BEGIN|END) [A-Za-z0-9 ]{1,40}-{4,5}/g;

/**
 * Excludes begin and end lines from the replacement: without them a second redaction would treat the lines between
 * differently.
 */
export function sparePemMarks(line: string, spans: readonly Span[]): readonly Span[] {
  if (spans.length === 0 || !line.includes('----')) return spans;
  const marks = findMatches(MARK, line).map((match) => [match.index, match.index + match[0].length] as const);
  let passed = 0;
  return spans
    .toSorted((a, b) => a.start - b.start)
    .flatMap((span) => {
      while ((marks[passed]?.[1] ?? Number.POSITIVE_INFINITY) <= span.start) passed++;
      return spareMarks(span, marks, passed);
    });
}

function spareMarks(
  span: Span,
  marks: readonly (readonly [number, number])[],
  first: number,
): readonly Span[] {
  const parts: Span[] = [];
  let start = span.start;
  for (let index = first; index < marks.length; index++) {
    const [from, to] = marks[index] as readonly [number, number];
    if (from >= span.end) break;
    if (from > start) parts.push({ start, end: from, kind: span.kind });
    start = to;
  }
  if (start === span.start) return [span];
  return start < span.end ? [...parts, { ...span, start }] : parts;
}

/**
 * How a line continues an open body: `undefined` if it does not, because the text was truncated before the end line.
 */
export function continuePem(line: string): { readonly span?: Span; readonly closesAt?: number } | undefined {
  const start = marginEnd(line);
  const ending = END.exec(line);
  if (ending) {
    const span = bodySpan(line, start, ending.index)[0];
    return { closesAt: ending.index + ending[0].length, span };
  }
  if (CLI.test(line)) return undefined;
  const hidden = HIDDEN.exec(line.slice(start));
  // Text behind a line that was hidden, and another secret: the body ended there.
  if (hidden && (hidden[1] !== 'private-key' || hidden[2]))
    return hidden[1] === 'private-key' ? { closesAt: start + hidden[0].length } : undefined;
  const span = bodySpan(line, start, line.length)[0];
  if (!span) return {};
  const body = line.slice(span.start, span.end);
  if (PEM_HEADER.test(body)) return {};
  if (BASE64.test(body) || LONG_RUN.test(body)) return { span };
  // The last line may be short, directly followed by markup or a quotation mark.
  const last = LAST_RUN.exec(body)?.[0];
  if (last === undefined) return undefined;
  return { closesAt: span.start + last.length, span: { ...span, end: span.start + last.length } };
}

/** A line of a certificate's body; its end needs no special care, because nothing in it is hidden. */
export function isPublicBody(line: string): boolean {
  return BASE64.test(line.slice(marginEnd(line)).trimEnd());
}

/** A line of key material without a header: nothing else fills a line with base64 outside a certificate. */
export function looksLikeKeyMaterial(line: string): boolean {
  const body = line.slice(marginEnd(line)).trimEnd();
  return (
    body.length >= 60 && BASE64.test(body) && /[a-z]/.test(body) && /[A-Z]/.test(body) && /[0-9+/]/.test(body)
  );
}

/**
 * The possible end of key material without a header: base64 comes in groups of four, and a short word of a sentence
 * has one case.
 */
export function endsKeyMaterial(line: string): boolean {
  const body = line.slice(marginEnd(line)).trimEnd();
  if (body === '' || body.length % 4 !== 0 || !BASE64.test(body) || CLI.test(line)) return false;
  return /[0-9+/=]/.test(body) || (/[a-z]/.test(body) && /.[A-Z]/.test(body));
}

/** What is hidden of it. */
export function wholeLine(text: string): Span {
  const start = marginEnd(text);
  return { start, end: text.trimEnd().length, kind: 'private-key' };
}

/** A PEM text as a value, after its quote: `scanPem` processes it. */
export function startsPem(line: string, at: number): boolean {
  return /^["“\\]{0,4}-{4,5} ?BEGIN /.test(line.slice(at, at + 20));
}

export function looksLikeCommand(line: string): boolean {
  return CLI.test(line);
}

/**
 * The same key in two dumps gets one token: its first line decides, because a line must be answered before the next is
 * seen.
 */
export function keyIdentity(body: string): string {
  return `pem:${body
    .slice(0, 256)
    .replaceAll(/\s|\\n/g, '')
    .slice(0, 64)}`;
}
