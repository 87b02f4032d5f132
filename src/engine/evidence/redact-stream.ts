import { Redactor } from '../redact/redactor.ts';
import type { RedactionReceipt } from '../redact/token-registry.ts';
import { createTokenRegistry } from '../redact/token-registry.ts';
import { joinBytes } from './join-bytes.ts';
import { createNoiseScanner, noiseWords } from './noise-scanner.ts';
import { createNormalizer, type Normalizer } from './normalize.ts';
import type { SectionStream } from './section-stream.ts';

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
  noiseWords();
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

  /** `bytes` are complete lines. */
  function lines(bytes: Uint8Array): void {
    const scanner = createNoiseScanner(bytes);
    for (let at = 0; at < bytes.length; ) {
      if (!normalizer.isIdle() && normalizer.isIdleBeforeMessage() && scanner.beginsMessage(at)) {
        for (const normalized of normalizer.end()) intake.line(redactor.line(normalized));
      }
      if (normalizer.isIdle() && !redactor.isOpen()) {
        const { next, passed } = scanner.scan(at);
        if (passed) intake.pass(passed);
        at = next;
        if (at >= bytes.length) return;
      }
      const end = bytes.indexOf(LF, at);
      line(scanner.read(at, Math.min(end, at + MAX_LINE_LENGTH)), true);
      at = end + 1;
    }
  }

  return {
    add(bytes) {
      const next = bytes.lastIndexOf(LF) + 1;
      if (next > 0) {
        lines(joinBytes([...rest, bytes.subarray(0, next)]));
        rest = [];
        restSize = 0;
      }
      // An incomplete line waits for the next bytes.
      if (next < bytes.length && restSize < MAX_LINE_LENGTH) rest.push(new Uint8Array(bytes.subarray(next)));
      restSize += bytes.length - next;
    },
    end() {
      line(utf8.decode(joinBytes(rest).subarray(0, MAX_LINE_LENGTH)), false);
      for (const normalized of normalizer.end()) intake.line(redactor.line(normalized));
      intake.end();
    },
  };
}
