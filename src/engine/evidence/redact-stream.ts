import { Redactor } from '../redact/redactor.ts';
import type { RedactionReceipt } from '../redact/token-registry.ts';
import { createTokenRegistry } from '../redact/token-registry.ts';
import { daemonsOf } from './daemon-prefix.ts';
import { joinBytes } from './join-bytes.ts';
import { createNoiseScanner, type NoiseScanner } from './noise-scanner.ts';
import { createNormalizer, type Normalizer } from './normalize.ts';
import type { SectionStream } from './section-stream.ts';
import type { Opening, PassedLines } from './types.ts';

type Intake = Pick<SectionStream, 'line' | 'pass' | 'end'>;

/** Reads the raw texts of a case in chunks: normalises and redacts them, and skips irrelevant lines. */
export interface RedactStream {
  /**
   * Adds the next bytes (UTF-8) of a source; sources follow one another. The caller may reuse the bytes afterwards.
   */
  readonly add: (name: string, bytes: Uint8Array) => void;
  /** Completes all texts; returns the redaction receipt. */
  finish(): RedactionReceipt;
}

/** Bytes. No log has a longer line; the rest is dropped. */
const MAX_LINE_LENGTH = 8_000_000;
/** Bytes at the start of a line that show its kind and time. */
const HEAD_BYTES = 120;
/** Bytes. A short line is often the same as the one before, and need not be decoded again. */
const MAX_COMPARED = 64;
const LF = 0x0a;
/** Keeps a byte order mark like any other character. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * `open` starts a text and returns the consumer of its lines; its name is redacted too. `seen` is text known in
 * advance: its redaction tokens are not assigned again.
 */
export function createRedactStream(
  open: (name: string) => Intake,
  seen: readonly string[] = [],
): RedactStream {
  const tokens = createTokenRegistry();
  for (const text of seen) tokens.reserve(text);
  /** One redactor for all texts: a secret may span two of them. */
  const redactor = new Redactor(tokens);
  let current: { readonly name: string; readonly text: TextReader } | undefined;

  return {
    add(name, bytes) {
      if (current?.name !== name) {
        current?.text.end();
        const intake = open(new Redactor(tokens).line(name));
        current = { name, text: createTextReader(redactor, intake) };
      }
      current.text.add(bytes);
    },
    finish() {
      current?.text.end();
      return tokens.receipt();
    },
  };
}

interface TextReader {
  add(bytes: Uint8Array): void;
  end(): void;
}

/** Splits bytes into lines; irrelevant lines found by the scanner are never decoded. */
function createTextReader(redactor: Redactor, intake: Intake): TextReader {
  const normalizer: Normalizer = createNormalizer();
  let rest: Uint8Array[] = [];
  let restSize = 0;

  function line(text: string, ended: boolean): void {
    for (const normalized of normalizer.line(text, ended)) intake.line(redactor.line(normalized));
  }

  /** `bytes` up to `to` are complete lines. */
  function lines(bytes: Uint8Array, from: number, to: number): void {
    const scan = createNoiseScanner(bytes);
    let at = from;
    let before = { at: from, end: from, text: '' };
    while (at < to) {
      if (!normalizer.isIdle() && normalizer.isIdleBeforeMessage() && scan.beginsMessage(at, to)) {
        for (const normalized of normalizer.end()) intake.line(redactor.line(normalized));
      }
      if (normalizer.isIdle() && !redactor.isOpen()) {
        const next = scan.scan(at, to);
        if (next > at) intake.pass(passedOf(bytes, scan.found));
        at = next;
        if (at >= to) return;
      }
      const end = bytes.indexOf(LF, at);
      const isSame = end - at <= MAX_COMPARED && equals(bytes, at, end, before);
      const text = isSame
        ? before.text
        : utf8.decode(bytes.subarray(at, Math.min(end, at + MAX_LINE_LENGTH)));
      before = { at, end, text };
      line(text, true);
      at = end + 1;
    }
  }

  /** Keeps an incomplete line for the next bytes. */
  function hold(bytes: Uint8Array): void {
    if (bytes.length > 0 && restSize < MAX_LINE_LENGTH) rest.push(new Uint8Array(bytes));
    restSize += bytes.length;
  }

  return {
    add(bytes) {
      const first = bytes.indexOf(LF);
      if (first === -1) {
        hold(bytes);
        return;
      }
      let from = 0;
      if (restSize > 0) {
        hold(bytes.subarray(0, first + 1));
        const whole = joinBytes(rest);
        rest = [];
        restSize = 0;
        if (whole.at(-1) === LF) lines(whole, 0, whole.length);
        else line(utf8.decode(whole.subarray(0, MAX_LINE_LENGTH)), true);
        from = first + 1;
      }
      const last = bytes.lastIndexOf(LF);
      lines(bytes, from, last + 1);
      hold(bytes.subarray(last + 1));
    },
    end() {
      line(utf8.decode(joinBytes(rest).subarray(0, MAX_LINE_LENGTH)), false);
      for (const normalized of normalizer.end()) intake.line(redactor.line(normalized));
      intake.end();
    },
  };
}

/** Whether the bytes from `at` to `end` are those of another line. */
function equals(bytes: Uint8Array, at: number, end: number, other: { at: number; end: number }): boolean {
  if (other.end - other.at !== end - at) return false;
  for (let index = 0; index < end - at; index += 1) {
    if (bytes[at + index] !== bytes[other.at + index]) return false;
  }
  return true;
}

function passedOf(bytes: Uint8Array, found: NoiseScanner['found']): PassedLines {
  const first = headOf(bytes, found.first);
  return {
    count: found.count,
    daemons: daemonsOf(found.daemons),
    first,
    last: found.count === 1 ? first : headOf(bytes, found.last),
    longest: found.longest,
    ...(found.openings.length > 0 ? { openings: openingsOf(bytes, found.openings) } : {}),
  };
}

function openingsOf(bytes: Uint8Array, places: readonly number[]): readonly Opening[] {
  const openings: Opening[] = [];
  for (let at = 0; at < places.length; at += 3) {
    const text = utf8.decode(bytes.subarray(places[at + 1], places[at + 2]));
    openings.push({ index: places[at] ?? 0, text });
  }
  return openings;
}

/** Skipped lines are ASCII. */
function headOf(bytes: Uint8Array, from: number): string {
  const line = bytes.subarray(from, from + HEAD_BYTES);
  const end = line.indexOf(LF);
  const text = utf8.decode(end === -1 ? line : line.subarray(0, end));
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
