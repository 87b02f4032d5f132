import type { MultiPatternMatcher } from '../fortios/debug/multi-pattern-matcher.ts';
import {
  MAX_NOISE_LENGTH,
  MEANINGFUL_WORDS,
  messageAt,
  type NoiseDaemon,
  OPENING_WORDS,
  SECOND_MESSAGES,
} from '../fortios/debug/noise.ts';
import { matchSecretsAnd } from '../redact/may-hold-secret.ts';
import { copyText } from '../redact/text-memory.ts';
import { DAMAGE_PATTERNS } from './normalize.ts';
import { WRAPPED_FROM, WRAPPED_TO } from './rewrap.ts';
import type { Opening, PassedLines } from './types.ts';

/**
 * Finds irrelevant debug lines before they are normalised and redacted. It accepts fewer lines than `noiseDaemon`, and
 * none that needs normalisation or may hold a secret.
 */
export interface NoiseScanner {
  /** The irrelevant lines from `from` on, and the start of the first relevant line behind them. */
  scan(from: number): { readonly next: number; readonly passed?: PassedLines };
  beginsMessage(at: number): boolean;
  /** The text of a line: decoding takes longer than a copy. */
  read(from: number, to: number): string;
}

interface Line {
  readonly from: number;
  readonly to: number;
  readonly next: number;
  readonly daemon: NoiseDaemon;
}

/** Bytes at the start of a line that show its kind and time. */
const HEAD_BYTES = 120;
const ASCII = /^[\0-\x7f]*$/;
/** One character for each byte. */
const latin1 = new TextDecoder('latin1');
/** Keeps a byte order mark like any other character. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** 0 for characters that mean nothing alone; controls, all beyond ASCII, and characters of prompts, tokens and passwords may. */
const STOPS = new Uint8Array(0x80).fill(1, 0, 0x20);
for (const mark of '#$`!%&*<^~\u007f') STOPS[mark.charCodeAt(0)] = 1;
STOPS['\t'.charCodeAt(0)] = 0;

let matcher: MultiPatternMatcher | undefined;

/** Redaction finds its words with the same matcher where this one is made first. */
export function noiseWords(): MultiPatternMatcher {
  matcher ??= matchSecretsAnd([
    ...MEANINGFUL_WORDS.filter((word) => !OPENING_WORDS.includes(word)),
    ...SECOND_MESSAGES,
    ...DAMAGE_PATTERNS,
  ]);
  return matcher;
}

/** Complete lines, which must not change between two scans. */
export function createNoiseScanner(bytes: Uint8Array): NoiseScanner {
  const text = latin1.decode(bytes);
  const words = noiseWords();

  function lineAt(from: number): Line | undefined {
    const message = messageAt(text, from);
    if (!message) return undefined;
    const to = words.scan(text, message.from + 1, STOPS);
    if (to < 0 || to - from > MAX_NOISE_LENGTH) return undefined;
    const next = text.startsWith('\r', to) ? to + 2 : to + 1;
    return text[next - 1] === '\n' ? { from, to, next, daemon: message.daemon } : undefined;
  }

  function read(from: number, to: number): string {
    const part = text.slice(from, to);
    return ASCII.test(part) ? copyText(part) : utf8.decode(bytes.subarray(from, to));
  }

  return {
    read,
    beginsMessage: (at) => messageAt(text, at) !== undefined,
    scan(from) {
      const lines: Line[] = [];
      let next = from;
      for (let line = lineAt(next); line; line = lineAt(next)) {
        lines.push(line);
        next = line.next;
      }
      // Mail may have wrapped a line if the next is no message of its own.
      const last = lines.at(-1);
      if (last && isWrapped(last) && !messageAt(text, next)) {
        lines.pop();
        next = last.from;
      }
      return lines.length === 0 ? { next } : { next, passed: countPassed(lines) };
    },
  };

  function countPassed(lines: readonly Line[]): PassedLines {
    const [first] = lines as [Line];
    const last = lines.at(-1) ?? first;
    const openings = lines.flatMap(({ from, to }, index): Opening[] => {
      const line = text.slice(from, to);
      return OPENING_WORDS.some((each) => line.includes(each)) ? [{ index, text: read(from, to) }] : [];
    });
    return {
      count: lines.length,
      daemons: [...new Set(lines.map(({ daemon }) => daemon))].toSorted(),
      first: readHead(first),
      last: readHead(last),
      longest: lines.reduce((longest, { from, to }) => Math.max(longest, to - from), 0),
      ...(openings.length > 0 ? { openings } : {}),
    };
  }

  function readHead({ from, to }: Line): string {
    return read(from, Math.min(to, from + HEAD_BYTES));
  }
}

function isWrapped({ from, to }: Line): boolean {
  return to - from >= WRAPPED_FROM && to - from <= WRAPPED_TO;
}
