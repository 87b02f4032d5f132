import { type Carry, openEnd, openedBy } from './carry.ts';
import { findDecoded } from './decoded.ts';
import { findJsonValues } from './finders/places.ts';
import { findSecretData } from './finders/secret-data.ts';
import { FINDERS, findIn, isStructure } from './finders-for.ts';
import { HARMLESS_LINES, SETTLED_LINES } from './harmless-lines.ts';
import { innerLines } from './inner-lines.ts';
import { isBeforeValue, labelAlone, loneValue } from './lone-label.ts';
import { mayHoldSecret } from './may-hold-secret.ts';
import { continueMember, nameMember, type OpenMember, valueBeforeName } from './member-lines.ts';
import {
  continuePem,
  endsKeyMaterial,
  isPublicBody,
  keyIdentity,
  looksLikeKeyMaterial,
  type PemScan,
  scanPem,
  sparePemMarks,
} from './pem.ts';
import { createScope } from './scope.ts';
import { betweenQuotes, cutOf, type LineContext, mergeSpans, type OpenEnd, type Span } from './spans.ts';
import { continueTable, type OpenTable, openTable } from './table.ts';
import { createTextMemory } from './text-memory.ts';
import { createTokenRegistry, type RedactionReceipt, type TokenRegistry } from './token-registry.ts';
import { isAlreadyHidden } from './tokens.ts';
import { marginEnd } from './values.ts';
import { continueValue, inWhole } from './wrapped.ts';

export interface Redactor {
  /** Takes one line without its line end. Always returns one line, so that line numbers stay. */
  line(text: string): string;
  /** Whether a secret may continue in the next line. */
  isOpen(): boolean;
  receipt(): RedactionReceipt;
}

const MAX_ROUNDS = 4;
/** Characters. A longer line has two rounds: four take two seconds a megabyte where a label fills it (`npm run bench -- dull`). */
const MAX_OF_ROUNDS = 100_000;
const TOKEN_NUMBER = /#\d{1,9}>/g;
/** Characters of lines with secrets that are remembered. */
const MAX_REPEATED = 100_000;
/** Blank lines allowed between a label and its value. */
const MAX_BLANK_LINES = 1;

/**
 * Replaces secrets line by line, for streamed text; follows secrets over several lines. Redacting redacted text
 * changes nothing. Takes time linear in the length of a line.
 */
export function createRedactor(tokens: TokenRegistry = createTokenRegistry()): Redactor {
  const scope = createScope();
  let carry: Carry | undefined;
  let table: OpenTable | undefined;
  /** The line before. */
  let before = '';
  /** Lines that a secret begins and ends in, redacted. */
  const repeated = createTextMemory<string>(MAX_REPEATED);

  function line(text: string): string {
    const first = carry === undefined ? valueBeforeName(text, before) : undefined;
    before = text;
    return redactLine(first && hides(text, first) ? replace(text, [first]) : text);
  }

  function redactLine(text: string): string {
    const isFresh = carry === undefined && table === undefined;
    if (isFresh && text === '') {
      scope.see(text);
      return text;
    }
    if (isFresh && scope.isPlain() && !mayHoldSecret(text)) return text;
    const mayRepeat = isFresh && scope.isPlain();
    if (mayRepeat && HARMLESS_LINES.has(text)) {
      scope.see(text);
      return text;
    }
    const known = mayRepeat ? repeated.get(text) : undefined;
    if (known !== undefined) {
      scope.see(text);
      return known;
    }
    tokens.reserve(text);
    const isOpened = carry !== undefined;
    const outer = whole(isOpened ? text : withoutInner(text));
    // What was open above may not go on here: then the line is one of its own.
    const redacted = isOpened && carry === undefined ? withoutInner(outer) : outer;
    if (mayRepeat && redacted === text && carry === undefined && table === undefined)
      HARMLESS_LINES.add(text);
    else if (mayRepeat && scope.isPlain() && text.length < 400 && !isOpen()) repeated.set(text, redacted);
    return redacted;
  }

  /** A value that JSON names a secret ends with its string; everything else ends with its inner line. */
  function withoutInner(text: string): string {
    if (innerLines(text) === undefined) return text;
    const named = replace(
      text,
      findJsonValues(text).filter((span) => hides(text, span)),
    );
    carry = undefined;
    const inner = createRedactor(tokens);
    return (innerLines(named) ?? [named])
      .map((part, at) => (at % 2 === 0 ? inner.line(part) : part))
      .join('');
  }

  function whole(text: string): string {
    scope.see(text);
    const row = table && continueTable(text, table);
    const cells = row?.spans;
    if (row) table = row.table;
    const continued = resume(text);
    if (continued === 'left alone') return text;
    if (cells === undefined)
      table =
        carry === undefined && continued === undefined && !isStructure(text) ? openTable(text) : undefined;
    const from = continued?.next ?? 0;
    const pem = scanPem(text, from);
    const headless =
      from === 0 && carry === undefined && looksLikeKeyMaterial(text) ? wholeLine(text) : undefined;
    const redacted = replace(text, [
      ...(continued?.span ? [continued.span] : []),
      ...(cells ?? []).filter((span) => hides(text, span)),
      ...[...pem.spans, ...(isHeading(cells) ? [] : find(text))]
        .flatMap((span) => spanAfter(span, from))
        .filter((span) => hides(text, span)),
      ...(headless ? [headless] : []),
    ]);
    followPem(text, pem);
    if (headless && !pem.open) carry = { what: 'pem', open: 'headless', token: pemToken(text, headless) };
    const settled = redacted === text ? text : settle(redacted);
    // From the redacted line, so that a second redaction gives the same result.
    if (carry === undefined && !isTable() && !isStructure(text)) carry = labelCarry(settled);
    return settled;
  }

  /** A table's heading names secrets and contains none. */
  function isHeading(cells: readonly Span[] | undefined): boolean {
    return cells === undefined && isTable();
  }

  /** A possible heading may as well be a sentence. */
  function isTable(): boolean {
    return table !== undefined && table.layout !== 'heading';
  }

  function labelCarry(text: string): Carry | undefined {
    const label = labelAlone(text);
    if (label) return { what: 'label', ...label, blanks: 0 };
    const member = nameMember(text);
    return member && { what: 'member', ...member };
  }

  function find(text: string): readonly Span[] {
    const context = scope.context();
    // The value is everything behind the name.
    const inData = findSecretData(text, context);
    if (inData.length > 0) return inData;
    const found = [
      ...inWhole(text, (line) => findIn(line, context)),
      ...findDecoded(text, context, findPlain),
    ];
    return sparePemMarks(text, found);
  }

  /**
   * A token may make its neighbour recognisable as a secret, which is then hidden immediately instead of by the next
   * redaction.
   */
  function settle(text: string): string {
    // What else is found depends on no number, neither of a token nor in the text; in a cut line it does on its length.
    const form = text.replaceAll(TOKEN_NUMBER, '#0>').replaceAll(/[1-9]/g, '0');
    const mayRepeat = scope.isPlain() && cutOf(text) === 'unlikely';
    if (mayRepeat && SETTLED_LINES.has(form)) return text;
    const kept = carry;
    let settled = text;
    const rounds = text.length > MAX_OF_ROUNDS ? 2 : MAX_ROUNDS;
    for (let round = 0; round < rounds; round++) {
      const before: string = settled;
      const found = find(before).filter((span) => hides(before, span));
      settled = replace(before, found);
      if (settled === before) break;
    }
    carry = kept;
    if (mayRepeat && settled === text) SETTLED_LINES.add(form);
    return settled;
  }

  /** Continues what is open; clears it if this line ends it. */
  function resume(text: string): { span?: Span; next: number } | 'left alone' | undefined {
    const open = carry;
    if (!open) return undefined;
    carry = undefined;
    if (open.what === 'label') {
      if (open.blanks < MAX_BLANK_LINES && isBeforeValue(text)) {
        // `"password"`, `:` and the value, each on a line of its own.
        const named = text.slice(marginEnd(text)).trim() === ':' ? { isBare: false, isNamed: true } : {};
        carry = { ...open, ...named, blanks: open.blanks + 1 };
      }
      const span = loneValue(text, open);
      if (span === undefined) {
        const isBelow = open.isNamed && carry === undefined;
        return isBelow ? resumeMember(text, { kind: open.kind, lines: open.blanks }) : undefined;
      }
      if (open.isList) carry = { ...open, blanks: MAX_BLANK_LINES };
      return hides(text, span) ? answered(text, span) : undefined;
    }
    if (open.what === 'member') return resumeMember(text, open);
    if (open.what === 'value') {
      const piece = continueValue(text, open);
      if (!piece) return undefined;
      const secret = text.slice(piece.span.start, piece.span.end);
      if (isAlreadyHidden(secret)) return undefined;
      const token = open.token ?? tokens.tokenFor(open.kind, secret);
      if (piece.stillOpen) carry = { what: 'value', ...piece.stillOpen, token };
      return { span: { ...piece.span, token }, next: piece.span.end };
    }
    if (open.open === 'public') {
      if (!isPublicBody(text)) return undefined;
      carry = open;
      return 'left alone';
    }
    if (open.open === 'headless') {
      if (!looksLikeKeyMaterial(text) && !endsKeyMaterial(text)) return undefined;
      carry = open;
      return {
        span: { ...wholeLine(text), ...(open.token ? { token: open.token } : {}) },
        next: text.length,
      };
    }
    const body = continuePem(text);
    if (!body) return undefined;
    const token = open.token ?? (body.span && pemToken(text, body.span));
    if (body.closesAt === undefined) carry = { ...open, ...(token ? { token } : {}) };
    const next = body.closesAt ?? text.length;
    return body.span && token ? { next, span: { ...body.span, token } } : { next };
  }

  function resumeMember(text: string, open: OpenMember): { span: Span; next: number } | undefined {
    const next = continueMember(text, open);
    if (next?.stillOpen) carry = { what: 'member', ...next.stillOpen };
    return next?.span && hides(text, next.span) ? answered(text, next.span) : undefined;
  }

  function answered(text: string, span: Span): { span: Span; next: number } {
    return { span: { ...span, token: tokenOf(span, text.slice(span.start, span.end)) }, next: span.end };
  }

  function pemToken(text: string, span: Span): string {
    return tokens.tokenFor('private-key', keyIdentity(text.slice(span.start, span.end)));
  }

  function replace(text: string, found: readonly Span[]): string {
    const spans = mergeSpans(found)
      .flatMap((span) => betweenQuotes(text, span))
      .filter((span) => hides(text, span));
    let output = '';
    let at = 0;
    for (const [index, span] of spans.entries()) {
      const secret = text.slice(span.start, span.end);
      const token = secret && (span.token ?? tokenOf(span, secret));
      output += text.slice(at, span.start) + token;
      at = span.end;
      if (index < spans.length - 1) continue;
      const open = span.open ?? (carry ? undefined : openEnd(span, text));
      if (open && mayGoOn(open, text)) carry = openedBy(span, open, text, token);
    }
    return output + text.slice(at);
  }

  function followPem(text: string, { open, spans }: PemScan): void {
    if (!open) return;
    const body = spans.at(-1);
    const begun = open === 'private' && body !== undefined;
    carry = { what: 'pem', open, ...(begun ? { token: pemToken(text, body) } : {}) };
  }

  function tokenOf(span: Span, secret: string): string {
    return tokens.tokenFor(span.kind, span.kind === 'private-key' ? keyIdentity(secret) : secret);
  }

  function isOpen(): boolean {
    return (
      carry !== undefined ||
      table !== undefined ||
      scope.context().inSecretData ||
      scope.inHeader() !== undefined
    );
  }

  return { line, isOpen, receipt: () => tokens.receipt() };
}

/** A word that ends a short line is complete. */
function mayGoOn(open: OpenEnd, line: string): boolean {
  return open.by !== 'word' || open.encoded || cutOf(line) !== 'unlikely';
}

/** In decoded text: what is hidden already in it stays. */
function findPlain(text: string, context: LineContext): readonly Span[] {
  return FINDERS.flatMap((finder) => finder(text, context)).filter((span) => hides(text, span));
}

function wholeLine(text: string): Span {
  const start = marginEnd(text);
  return { start, end: text.trimEnd().length, kind: 'private-key' };
}

/** Before spans are joined: one that begins with a token must not absorb a new secret after it. */
function hides(text: string, span: Span): boolean {
  return span.start === span.end || !isAlreadyHidden(text.slice(span.start, span.end));
}

/** The part of a span after an earlier secret in the line. */
function spanAfter(span: Span, from: number): readonly Span[] {
  if (span.start >= from) return [span];
  return span.end > from ? [{ ...span, start: from }] : [];
}
