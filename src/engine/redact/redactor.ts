import { type Carry, memberCarry, openEnd, openedBy } from './carry.ts';
import { findDecoded } from './decoded.ts';
import { findSecretData } from './finders/nested.ts';
import { findJsonValues } from './finders/places.ts';
import { isPrinted } from './finders/sentences.ts';
import { FINDERS, findSpans, isStructure } from './finders-for.ts';
import { HARMLESS_LINES, SETTLED_LINES } from './harmless-lines.ts';
import { innerLines } from './inner-lines.ts';
import { toLineForm } from './line-form.ts';
import { labelAlone, loneValue, readBetween } from './lone-label.ts';
import { mayHoldSecret } from './may-hold-secret.ts';
import { continueMember, type OpenMember, valueBeforeName } from './member-lines.ts';
import { NOUN_HINT } from './nouns.ts';
import {
  continuePem,
  endsKeyMaterial,
  isPublicBody,
  keyIdentity,
  looksLikeKeyMaterial,
  type PemScan,
  scanPem,
  sparePemMarks,
  wholeLine,
} from './pem.ts';
import { Scope } from './scope.ts';
import { cutLine, findWith, hides, joinSpans, type LineContext, type OpenEnd, type Span } from './spans.ts';
import { continueTable, type OpenTable, openTable } from './table.ts';
import { copyText, createTextMemory, type TextMemory } from './text-memory.ts';
import { createTokenRegistry, type RedactionReceipt, type TokenRegistry } from './token-registry.ts';
import { isAlreadyHidden } from './tokens.ts';
import { MARKED_HINT } from './unsaid.ts';
import { continueValue, inWhole } from './wrapped.ts';

const MAX_ROUNDS = 4;
/** Characters. A longer line has two rounds: four take two seconds a megabyte where a label fills it (`npm run bench -- dull`). */
const MAX_OF_ROUNDS = 100_000;
const TOKEN_NUMBER = /#\d{1,9}>/g;
const HAS_TOKEN = /#\d{1,9}>/;
/** Characters of a redacted line that is remembered. */
const MAX_SETTLED = 200;
/** Characters of lines with secrets that are remembered. */
const MAX_REPEATED = 100_000;
/** Lines below one that names a secret. */
const MAX_BELOW_NOUN = 3;
/** Blank lines allowed between a label and its value. */
const MAX_BLANK_LINES = 1;

/** What was open above goes on in a line, up to `next`. */
interface Continued {
  readonly span?: Span;
  readonly next: number;
}

/** A line with a secret, or with what a secret may follow. */
interface Repeated {
  readonly text: string;
  readonly redacted: string;
  /** Where every line of the same form has its secrets. */
  readonly spans: readonly Span[] | undefined;
  readonly carry: Carry | undefined;
  readonly table: OpenTable | undefined;
}

/**
 * Replaces secrets line by line, for streamed text; follows secrets over several lines. Redacting redacted text
 * changes nothing. Takes time linear in the length of a line.
 */
export class Redactor {
  readonly #tokens: TokenRegistry;
  readonly #scope = new Scope();
  #carry: Carry | undefined;
  #table: OpenTable | undefined;
  /** The line before. */
  #before = '';
  /** Lines since one that names a secret. */
  #belowNoun = MAX_BELOW_NOUN;
  readonly #repeated: TextMemory<Repeated>;
  /** What is found in rows below a heading, and beside the token of an inner line. */
  readonly #rows: TextMemory<readonly Span[]>;
  /** What was replaced in the last line, if it depends only on its form. */
  #spans: readonly Span[] | undefined;

  constructor(
    tokens = createTokenRegistry(),
    repeated = createTextMemory<Repeated>(MAX_REPEATED),
    rows = createTextMemory<readonly Span[]>(MAX_REPEATED),
  ) {
    this.#tokens = tokens;
    this.#repeated = repeated;
    this.#rows = rows;
  }

  /** Takes one line without its line end. Always returns one line, so that line numbers stay. */
  line(text: string): string {
    const first = this.#carry === undefined ? valueBeforeName(text, this.#before) : undefined;
    this.#before = text;
    this.#belowNoun += 1;
    const line = first ? this.#replace(text, joinSpans(text, [first])) : text;
    const redacted = this.#redactLine(line);
    if (redacted === undefined) return line;
    // In the redacted line, so that a second redaction gives the same result.
    if (NOUN_HINT.test(redacted) && !isPrinted(redacted)) this.#belowNoun = 0;
    return redacted;
  }

  /** Whether a secret may continue in the next line. */
  isOpen(): boolean {
    return (
      this.#carry !== undefined ||
      this.#table !== undefined ||
      this.#scope.context().inSecretData ||
      this.#scope.inHeader() !== undefined
    );
  }

  receipt(): RedactionReceipt {
    return this.#tokens.receipt();
  }

  /** Undefined where the line has no secret, and no word of one. */
  #redactLine(text: string): string | undefined {
    const isOpened = this.#carry !== undefined;
    if (isOpened) this.#tokens.reserve(text);
    const continued = this.#resume(text);
    const isFresh =
      this.#carry === undefined &&
      this.#table === undefined &&
      continued === undefined &&
      !(isOpened && innerLines(text));
    if (isFresh && text === '') {
      this.#scope.see(text);
      return undefined;
    }
    if (isFresh && this.#scope.isPlain() && !mayHoldSecret(text)) return undefined;
    const mayRepeat = isFresh && this.#scope.isPlain() && !this.#isMarkedBelowNoun(text);
    const form = mayRepeat ? toLineForm(text) : text;
    if (mayRepeat && HARMLESS_LINES.has(text, form)) {
      this.#scope.see(text);
      return text;
    }
    const known = mayRepeat ? this.#repeated.get(form) : undefined;
    if (known !== undefined && (known.spans !== undefined || known.text === text)) {
      this.#scope.see(text);
      const redacted = known.text === text ? known.redacted : this.#replace(text, known.spans ?? []);
      this.#carry = known.carry;
      this.#table = known.table;
      return redacted;
    }
    this.#tokens.reserve(text);
    const inner = isOpened ? text : this.#withoutInner(text);
    const outer = this.#whole(inner, continued);
    if (inner !== text) this.#spans = undefined;
    // What was open above may not go on here: then the line is one of its own.
    const redacted = isOpened && this.#carry === undefined ? this.#withoutInner(outer) : outer;
    if (mayRepeat && redacted === text && this.#carry === undefined && this.#table === undefined)
      HARMLESS_LINES.add(text, form);
    else if (mayRepeat && this.#scope.isPlain() && text.length < 400)
      this.#repeated.set(form, {
        text: copyText(text),
        redacted,
        spans: this.#carry?.what === 'value' || this.#carry?.what === 'pem' ? undefined : this.#spans,
        carry: this.#carry,
        table: this.#table,
      });
    return redacted;
  }

  /** A value that JSON names a secret ends with its string; everything else ends with its inner line. */
  #withoutInner(text: string): string {
    if (innerLines(text) === undefined) return text;
    const found = findJsonValues(text).filter((span) => hides(text, span));
    const named = this.#replace(text, joinSpans(text, found));
    this.#carry = undefined;
    const inner = new Redactor(this.#tokens, this.#repeated, this.#rows);
    return (innerLines(named) ?? [named])
      .map((part, at) => (at % 2 === 0 ? inner.line(part) : part))
      .join('');
  }

  #whole(text: string, continued: Continued | 'left alone' | undefined): string {
    this.#scope.see(text);
    const row = this.#table && continueTable(text, this.#table);
    const cells = row?.spans;
    if (row) this.#table = row.table;
    this.#spans = undefined;
    if (continued === 'left alone') return text;
    if (cells === undefined)
      this.#table =
        this.#carry === undefined && continued === undefined && !isStructure(text)
          ? openTable(text)
          : undefined;
    const from = continued?.next ?? 0;
    // Behind a mark at its end a value may begin.
    const isHidden = from >= text.length && /\w$/.test(text);
    const pem = scanPem(text, from);
    const headless =
      from === 0 && this.#carry === undefined && looksLikeKeyMaterial(text) ? wholeLine(text) : undefined;
    const spans = joinSpans(text, [
      ...(continued?.span ? [continued.span] : []),
      ...(cells ?? []).filter((span) => hides(text, span)),
      ...[...pem.spans, ...(isHidden || this.#isHeading(cells) ? [] : this.#find(text))]
        .flatMap((span) => spanAfter(span, from))
        .filter((span) => hides(text, span)),
      ...(headless ? [headless] : []),
    ]);
    const redacted = this.#replace(text, spans);
    this.#followPem(text, pem);
    if (headless && !pem.open)
      this.#carry = { what: 'pem', open: 'headless', token: this.#pemToken(text, headless) };
    const settled = redacted === text ? text : this.#settle(redacted);
    this.#spans = settled === redacted && spans.every(({ token }) => token === undefined) ? spans : undefined;
    // From the redacted line, so that a second redaction gives the same result.
    if (this.#carry === undefined && !this.#isTable())
      this.#carry = isStructure(text) ? memberCarry(settled) : this.#labelCarry(settled);
    return settled;
  }

  /** A table's heading names secrets and contains none. */
  #isHeading(cells: readonly Span[] | undefined): boolean {
    return cells === undefined && this.#isTable();
  }

  /** A possible heading may as well be a sentence. */
  #isTable(): boolean {
    return this.#table !== undefined && this.#table.layout !== 'heading';
  }

  #labelCarry(text: string): Carry | undefined {
    const label = labelAlone(text);
    if (label) return { what: 'label', ...label, blanks: 0 };
    return memberCarry(text);
  }

  /** The lines above the text and its length say nothing about what is found in it. */
  #mayRepeat(text: string): boolean {
    return this.#scope.hasPlainContext() && cutLine(text) !== 'certain' && !this.#isMarkedBelowNoun(text);
  }

  /** Whether a noun in a line above decides. */
  #isMarkedBelowNoun(text: string): boolean {
    return this.#belowNoun <= MAX_BELOW_NOUN && MARKED_HINT.test(text);
  }

  /** Lines of which no other memory knows: a megabyte of rows below headings takes half of the time. */
  #find(text: string): readonly Span[] {
    const isBeside = HAS_TOKEN.test(text);
    const isKnown = (isBeside || this.#table !== undefined) && text.length < MAX_SETTLED;
    if (!isKnown || !this.#mayRepeat(text)) return this.#search(text);
    const form = isBeside ? `${cutLine(text)} ${text.replaceAll(TOKEN_NUMBER, '#0>')}` : toLineForm(text);
    const known = this.#rows.get(form);
    if (known) return known;
    const found = this.#search(text).filter((span) => hides(text, span));
    if (!isBeside || found.length === 0) this.#rows.set(form, found);
    return found;
  }

  #search(text: string): readonly Span[] {
    const scope = this.#scope.context();
    const context = this.#belowNoun <= MAX_BELOW_NOUN ? { ...scope, isNearNoun: true } : scope;
    // The value is everything behind the name.
    const inData = findSecretData(text, context);
    if (inData.length > 0) return inData;
    const found = [
      ...inWhole(text, (line) => findSpans(line, context)),
      ...findDecoded(text, context, findPlain),
    ];
    return sparePemMarks(text, found);
  }

  /**
   * A token may make its neighbour recognisable as a secret, which is then hidden immediately instead of by the next
   * redaction.
   */
  #settle(text: string): string {
    // What else is found depends on no number, neither of a token nor in the text; in a cut line it does on its length.
    const form = `${cutLine(text)} ${text.replaceAll(TOKEN_NUMBER, '#0>').replaceAll(/[1-9]/g, '0')}`;
    const mayRepeat = this.#mayRepeat(text);
    if (mayRepeat && SETTLED_LINES.get(form)) return text;
    const kept = this.#carry;
    let settled = text;
    const rounds = text.length > MAX_OF_ROUNDS ? 2 : MAX_ROUNDS;
    for (let round = 0; round < rounds; round++) {
      const before: string = settled;
      const found = this.#search(before).filter((span) => hides(before, span));
      settled = this.#replace(before, joinSpans(before, found));
      if (settled === before) break;
    }
    this.#carry = kept;
    if (mayRepeat && settled === text && form.length < MAX_SETTLED) SETTLED_LINES.set(form, true);
    return settled;
  }

  /** Continues what is open; clears it if this line ends it. */
  #resume(text: string): Continued | 'left alone' | undefined {
    const open = this.#carry;
    if (!open) return undefined;
    this.#carry = undefined;
    if (open.what === 'label') {
      const between = open.blanks < MAX_BLANK_LINES ? readBetween(text) : undefined;
      if (between) this.#carry = { ...open, ...between, blanks: open.blanks + 1 };
      const span = loneValue(text, open);
      if (span === undefined) {
        const isBelow = open.isNamed && this.#carry === undefined;
        const { kind, blanks: lines, map } = open;
        return isBelow ? this.#resumeMember(text, { kind, lines, map }) : undefined;
      }
      if (open.isList) this.#carry = { ...open, blanks: MAX_BLANK_LINES };
      return hides(text, span) ? this.#answered(text, span) : undefined;
    }
    if (open.what === 'member') return this.#resumeMember(text, open);
    if (open.what === 'value') {
      const piece = continueValue(text, open);
      if (!piece) return undefined;
      const secret = text.slice(piece.span.start, piece.span.end);
      if (isAlreadyHidden(secret)) return undefined;
      const token = open.token ?? this.#tokens.tokenFor(open.kind, secret);
      if (piece.stillOpen) this.#carry = { what: 'value', ...piece.stillOpen, token };
      return { span: { ...piece.span, token }, next: piece.span.end };
    }
    if (open.open === 'public') {
      if (!isPublicBody(text)) return undefined;
      this.#carry = open;
      return 'left alone';
    }
    if (open.open === 'headless') {
      if (!looksLikeKeyMaterial(text) && !endsKeyMaterial(text)) return undefined;
      this.#carry = open;
      return {
        span: { ...wholeLine(text), ...(open.token ? { token: open.token } : {}) },
        next: text.length,
      };
    }
    const body = continuePem(text);
    if (!body) return undefined;
    const token = open.token ?? (body.span && this.#pemToken(text, body.span));
    if (body.closesAt === undefined) this.#carry = { ...open, ...(token ? { token } : {}) };
    const next = body.closesAt ?? text.length;
    return body.span && token ? { next, span: { ...body.span, token } } : { next };
  }

  #resumeMember(text: string, open: OpenMember): Continued | undefined {
    const next = continueMember(text, open);
    if (next?.stillOpen) this.#carry = { what: 'member', ...next.stillOpen };
    return next?.span && hides(text, next.span) ? this.#answered(text, next.span) : undefined;
  }

  #answered(text: string, span: Span): Continued {
    return {
      span: { ...span, token: this.#tokenOf(span, text.slice(span.start, span.end)) },
      next: span.end,
    };
  }

  #pemToken(text: string, span: Span): string {
    return this.#tokens.tokenFor('private-key', keyIdentity(text.slice(span.start, span.end)));
  }

  #replace(text: string, spans: readonly Span[]): string {
    let output = '';
    let at = 0;
    for (const [index, span] of spans.entries()) {
      const secret = text.slice(span.start, span.end);
      const token = secret && (span.token ?? this.#tokenOf(span, secret));
      output += text.slice(at, span.start) + token;
      at = span.end;
      if (index < spans.length - 1) continue;
      const open = span.open ?? (this.#carry ? undefined : openEnd(span, text));
      if (open && mayGoOn(open, text)) this.#carry = openedBy(span, open, text, token);
    }
    return output + text.slice(at);
  }

  #followPem(text: string, { open, spans }: PemScan): void {
    if (!open) return;
    const body = spans.at(-1);
    const begun = open === 'private' && body !== undefined;
    this.#carry = { what: 'pem', open, ...(begun ? { token: this.#pemToken(text, body) } : {}) };
  }

  #tokenOf(span: Span, secret: string): string {
    return this.#tokens.tokenFor(span.kind, span.kind === 'private-key' ? keyIdentity(secret) : secret);
  }
}

/** A word that ends a short line is complete. */
function mayGoOn(open: OpenEnd, line: string): boolean {
  return open.by !== 'word' || open.encoded || cutLine(line) !== 'unlikely';
}

/** In decoded text: what is hidden already in it stays. */
function findPlain(text: string, context: LineContext): readonly Span[] {
  return findWith(FINDERS, text, context).filter((span) => hides(text, span));
}

/** The part of a span after an earlier secret in the line. */
function spanAfter(span: Span, from: number): readonly Span[] {
  if (span.start >= from) return [span];
  return span.end > from ? [{ ...span, start: from }] : [];
}
