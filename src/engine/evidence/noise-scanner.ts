import {
  APART,
  BYTE_CLASS,
  CANDIDATE,
  type MultiPatternMatcher,
  SPECIAL_BYTES,
} from '../fortios/debug/multi-pattern-matcher.ts';
import { MEANINGFUL_WORDS, OPENING_WORDS } from '../fortios/debug/noise.ts';
import { PAIR_COUNT } from '../fortios/debug/rarest-pair.ts';
import { matchSecretsAnd } from '../redact/may-hold-secret.ts';
import { beginsMessage, createStampReader, daemonAt } from './daemon-prefix.ts';
import { DAMAGE_PATTERNS } from './normalize.ts';
import { WRAPPED_FROM, WRAPPED_TO } from './rewrap.ts';

/**
 * Finds irrelevant debug lines in the raw bytes, without creating strings. It accepts fewer lines than `noiseDaemon`,
 * and none that needs normalisation or may hold a secret.
 */
export interface NoiseScanner {
  /** Returns the start of the first relevant line at or after `from`; `to` if there is none. */
  scan(from: number, to: number): number;
  /** Whether the line at `at` is a message of a daemon. */
  beginsMessage(at: number, to: number): boolean;
  /** Result of the last scan. */
  readonly found: Found;
}

interface Found {
  count: number;
  /** Start of the first and last line, and the length of the longest in bytes. */
  first: number;
  last: number;
  longest: number;
  /** Bits; see `daemonsOf`. */
  daemons: number;
  /** Index, start and end of each line with one of `OPENING_WORDS`. */
  openings: number[];
}

/** A line exactly as long as a terminal is wide may continue in the next line, unless that has its own prefix. */
const TERMINAL_WIDTH = 80;
const MAX_LINE_LENGTH = 4_000;
const LF = 0x0a;
const CR = 0x0d;
const OPEN = 0x5b;
const BRACKET = 4;

/** The tables of the matcher, filled for the first long log: that takes milliseconds, and a short one is not scanned. */
const PAIRS = new Uint8Array(PAIR_COUNT);
const BEFORE = new Uint32Array(PAIR_COUNT);
const BEHIND = new Uint32Array(PAIR_COUNT);
let matcher: MultiPatternMatcher | undefined;

function fillTables(): MultiPatternMatcher {
  const made = matchSecretsAnd(OPENING_WORDS, [
    ...MEANINGFUL_WORDS.filter((word) => !OPENING_WORDS.includes(word)),
    ...DAMAGE_PATTERNS,
  ]);
  PAIRS.set(made.pairs);
  BEFORE.set(made.before);
  BEHIND.set(made.behind);
  // A second bracket may start a second message.
  for (let other = 0; other < 0x100; other += 1) {
    for (const pair of [(OPEN << 8) | other, (other << 8) | OPEN])
      PAIRS[pair] = (PAIRS[pair] as number) | BRACKET;
  }
  return made;
}

/** The bytes must not change between two scans. */
export function createNoiseScanner(bytes: Uint8Array): NoiseScanner {
  matcher ??= fillTables();
  const found: Found = { count: 0, first: -1, last: -1, longest: 0, daemons: 0, openings: [] };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const behindStamp = createStampReader(bytes);
  /** Start of the last line before the current one, and the daemons of the earlier lines. */
  let before = -1;
  let daemonsBefore = 0;
  let lastLength = 0;

  function scan(from: number, to: number): number {
    found.count = 0;
    found.first = from;
    found.longest = 0;
    found.daemons = 0;
    found.openings = [];
    let at = from;
    while (at < to) {
      const begin = behindStamp(at, to);
      const daemon = daemonAt(bytes, begin, to);
      if (daemon === 0) return beforeWrapped(at);
      isOpening = false;
      const end = endOfHarmless(bytes, view, begin + 1, to);
      const length = end - at;
      if (end < 0 || length > MAX_LINE_LENGTH) return at;
      const next = bytes[end] === CR ? end + 2 : end + 1;
      if (length === TERMINAL_WIDTH && !beginsLine(next, to)) return at;
      if (isOpening) found.openings.push(found.count, at, end);
      found.count += 1;
      before = found.last;
      daemonsBefore = found.daemons;
      found.last = at;
      lastLength = length;
      found.daemons |= daemon;
      if (length > found.longest) found.longest = length;
      at = next;
    }
    return beforeWrapped(at);
  }

  /** A line that mail may have wrapped is not skipped if the next line is no message of its own. */
  function beforeWrapped(at: number): number {
    if (found.count === 0 || lastLength < WRAPPED_FROM || lastLength > WRAPPED_TO) return at;
    const wrapped = found.last;
    if (found.openings.at(-2) === wrapped) found.openings.splice(-3);
    found.count -= 1;
    found.last = before;
    found.daemons = daemonsBefore;
    return wrapped;
  }

  function beginsLine(at: number, to: number): boolean {
    return at < to && daemonAt(bytes, behindStamp(at, to), to) !== 0;
  }

  return { scan, beginsMessage: beginsLine, found };
}

/** Whether the line that `endOfHarmless` read last holds one of `OPENING_WORDS`. */
let isOpening = false;

/** End of the line (its CR or LF), or -1 if something in it may be relevant. The byte before `to` is an LF. */
function endOfHarmless(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  let at = from;
  // Checks two pairs at a time while neither is significant. A byte follows them, for the check of the neighbours.
  for (const last = to - 5; at <= last; at += 4) {
    const four = view.getUint32(at);
    const one = PAIRS[four >>> 16] as number;
    const two = PAIRS[four & 0xffff] as number;
    if ((one | two) === 0) continue;
    if (one !== 0 && (one !== CANDIDATE || fits(four >>> 16, bytes[at - 1] as number, four >>> 8))) {
      const end = judgePair(bytes, at, one, to);
      if (end !== CONTINUE) return end;
    }
    if (two !== 0 && (two !== CANDIDATE || fits(four & 0xffff, four >>> 16, bytes[at + 4] as number))) {
      const end = judgePair(bytes, at + 2, two, to);
      if (end !== CONTINUE) return end;
    }
  }
  for (const last = to - 1; at < last; at += 2) {
    const end = judgePair(bytes, at, PAIRS[view.getUint16(at)] as number, to);
    if (end !== CONTINUE) return end;
  }
  return to - 1;
}

/** Whether a candidate may match with the bytes beside it: most do not, and need no call. */
function fits(pair: number, first: number, last: number): boolean {
  return (((BEFORE[pair] as number) >>> (first & 31)) & ((BEHIND[pair] as number) >>> (last & 31)) & 1) === 1;
}

const CONTINUE = -2;

/** Result of `endOfHarmless` for the pair at `at`. */
function judgePair(bytes: Uint8Array, at: number, meaning: number, to: number): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  if (first === LF) return at;
  if (first === CR) return second === LF ? at : -1;
  if ((meaning & CANDIDATE) !== 0) {
    const match = matcher?.confirms(bytes, at);
    if (match === APART) isOpening = true;
    else if (match !== 0) return -1;
  }
  if ((meaning & BRACKET) !== 0) {
    if (first === OPEN && beginsMessage(bytes, at, to)) return -1;
    if (second === OPEN && beginsMessage(bytes, at + 1, to)) return -1;
  }
  if ((meaning & BYTE_CLASS) === 0) return CONTINUE;
  if (SPECIAL_BYTES[first] === 1) return -1;
  if (second === LF) return at + 1;
  return second === CR && bytes[at + 2] === LF ? at + 1 : -1;
}
