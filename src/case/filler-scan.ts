import { DAMAGE_FORMS } from '../evidence/mend.ts';
import { type FillerDaemon, SAYING_WORDS } from '../fortios/debug/filler.ts';
import { ALARM, CUE, createWordSpotter } from '../fortios/debug/word-spotter.ts';
import { SECRET_FORMS, SECRET_WORDS } from '../redact/may-hold-secret.ts';

/**
 * Lines of debug that nobody reads, found in the bytes themselves: no text is made of them. It takes less for filler
 * than `fillerOf` does, and nothing that needs mending or may hold a secret.
 */
export interface FillerScan {
  /** Where the first line begins, at or after `from`, that is not filler; `to` where all lines are. */
  scan(bytes: Uint8Array, from: number, to: number): number;
  /** Of the last scan. */
  readonly found: Found;
}

interface Found {
  count: number;
  /** Where the first and the last line begin, and the bytes in the longest. */
  first: number;
  last: number;
  longest: number;
  /** A bit for each of `FILLER_DAEMONS`. */
  daemons: number;
}

const FILLER_DAEMONS: readonly FillerDaemon[] = ['sslvpn', 'fnbamd', 'ike'];
const SSLVPN = 1;
const FNBAMD = 2;
const IKE = 4;

/** A line just as long as a terminal is wide may go on in the next, unless that has a beginning of its own. */
/** The names behind each set of bits. */
const DAEMONS: readonly (readonly string[])[] = Array.from(
  { length: 1 << FILLER_DAEMONS.length },
  (_, bits) => FILLER_DAEMONS.filter((__, index) => (bits & (1 << index)) !== 0).toSorted(),
);

export function daemonsOf(bits: number): readonly string[] {
  return DAEMONS[bits] ?? [];
}

export function daemonBits(daemons: readonly string[]): number {
  return FILLER_DAEMONS.reduce(
    (bits, name, index) => (daemons.includes(name) ? bits | (1 << index) : bits),
    0,
  );
}

const TERMINAL = 80;
const LONGEST = 4_000;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const DASH = 0x2d;
const BRACKET = 4;

/** Kinds of bytes; a byte may be of several. */
const DIGIT = 1;
const HEX = 2;
const LETTER = 4;
const WORD = 8;
const VDOM = 16;
const NAME = 32;
const WORD_START = 64;
const TEXT_START = 128;
const KINDS = kindsOfBytes();

function kindsOfBytes(): Uint8Array {
  const kinds = new Uint8Array(256);
  function add(kind: number, chars: string): void {
    for (let at = 0; at < chars.length; at += 1) {
      const code = chars.charCodeAt(at);
      kinds[code] = (kinds[code] as number) | kind;
    }
  }
  const hex = 'abcdef';
  const letters = `${hex}ghijklmnopqrstuvwxyz`;
  add(DIGIT | HEX | WORD | VDOM | NAME | TEXT_START, '0123456789');
  add(HEX, hex);
  add(LETTER | WORD | VDOM | NAME | WORD_START | TEXT_START, letters + letters.toUpperCase());
  add(WORD | VDOM | NAME | WORD_START | TEXT_START, '_');
  add(VDOM | NAME, '-');
  add(NAME, '.');
  add(TEXT_START, `'"[`);
  return kinds;
}
const UNDERSCORE = 0x5f;

const SPOTTER = createWordSpotter(SECRET_WORDS, [...SECRET_FORMS, ...SAYING_WORDS, ...DAMAGE_FORMS]);
const ALARMING = SPOTTER.alarming;
const PAIRS = withBrackets(SPOTTER.pairs);

/** A second bracket may begin a second message. */
function withBrackets(pairs: Uint8Array): Uint8Array {
  return pairs.map((meaning, pair) =>
    (pair & 0xff) === OPEN || pair >> 8 === OPEN ? meaning | BRACKET : meaning,
  );
}

export function createFillerScan(): FillerScan {
  const found: Found = { count: 0, first: -1, last: -1, longest: 0, daemons: 0 };

  function scan(bytes: Uint8Array, from: number, to: number): number {
    found.count = 0;
    found.first = from;
    found.longest = 0;
    found.daemons = 0;
    let at = from;
    while (at < to) {
      const begin = afterStamp(bytes, at, to);
      const daemon = daemonAt(bytes, begin, to);
      if (daemon === 0) return at;
      const end = endOfHarmless(bytes, begin + 1, to);
      const length = end - at;
      if (end < 0 || length > LONGEST) return at;
      const next = bytes[end] === CR ? end + 2 : end + 1;
      if (length === TERMINAL && (next >= to || daemonAt(bytes, afterStamp(bytes, next, to), to) === 0))
        return at;
      found.count += 1;
      found.last = at;
      found.daemons |= daemon;
      if (length > found.longest) found.longest = length;
      at = next;
    }
    return at;
  }

  return { scan, found };
}

/** The end of the line (its CR or LF), or -1 where something in it may matter. The byte before `to` is an LF. */
function endOfHarmless(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  // Two pairs at a time, as long as neither means anything.
  for (const last = to - 4; at <= last; at += 4) {
    const one = PAIRS[((bytes[at] as number) << 8) | (bytes[at + 1] as number)] as number;
    const two = PAIRS[((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)] as number;
    if ((one | two) === 0) continue;
    if (one !== 0) {
      const end = judgePair(bytes, at, one, to);
      if (end !== GO_ON) return end;
    }
    if (two !== 0) {
      const end = judgePair(bytes, at + 2, two, to);
      if (end !== GO_ON) return end;
    }
  }
  for (const last = to - 1; at < last; at += 2) {
    const pair = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const end = judgePair(bytes, at, PAIRS[pair] as number, to);
    if (end !== GO_ON) return end;
  }
  return to - 1;
}

const GO_ON = -2;

/** What `endOfHarmless` is to answer because of the pair at `at`. */
function judgePair(bytes: Uint8Array, at: number, meaning: number, to: number): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  if (first === LF) return at;
  if (first === CR) return second === LF ? at : -1;
  if ((meaning & CUE) !== 0 && SPOTTER.confirms(bytes, at)) return -1;
  if ((meaning & BRACKET) !== 0) {
    if (first === OPEN && beginsMessage(bytes, at, to)) return -1;
    if (second === OPEN && beginsMessage(bytes, at + 1, to)) return -1;
  }
  if ((meaning & ALARM) === 0) return GO_ON;
  if (ALARMING[first] === 1) return -1;
  if (second === LF) return at + 1;
  return second === CR && bytes[at + 2] === LF ? at + 1 : -1;
}

/** `[5784:` or `[378] name`, glued to the message before. */
function beginsMessage(bytes: Uint8Array, open: number, to: number): boolean {
  const digits = run(bytes, open + 1, Math.min(to, open + 12), DIGIT);
  if (digits === open + 1) return false;
  return (
    bytes[digits] === COLON ||
    (bytes[digits] === CLOSE && bytes[digits + 1] === BLANK && is(bytes[digits + 2], WORD_START))
  );
}

/** The bit of the daemon whose prefix stands here; 0 where none does. */
function daemonAt(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] === OPEN) return bracketDaemon(bytes, at + 1, to);
  // `ike `
  const named =
    bytes[at] === 0x69 && bytes[at + 1] === 0x6b && bytes[at + 2] === 0x65 && bytes[at + 3] === BLANK;
  return named ? ikeDaemon(bytes, at + 4, to) : 0;
}

const STAMP = 20;

/** Behind `2025-11-24 09:12:03 `; `from` where no such thing stands, or a time that is none. */
function afterStamp(bytes: Uint8Array, from: number, to: number): number {
  if (from + STAMP > to || bytes[from + 4] !== DASH || bytes[from + 7] !== DASH) return from;
  if (bytes[from + 10] !== BLANK || bytes[from + 13] !== COLON || bytes[from + 16] !== COLON) return from;
  if (bytes[from + 19] !== BLANK) return from;
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  const known =
    twoDigits(bytes, from) < 100 &&
    twoDigits(bytes, from + 2) < 100 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    twoDigits(bytes, from + 11) <= 23 &&
    twoDigits(bytes, from + 14) <= 59 &&
    twoDigits(bytes, from + 17) <= 60;
  return known ? from + STAMP : from;
}

/** 100 where they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

/** Behind `[`: `5784:root:d9]` and a word, or `378] radius_start-`. */
function bracketDaemon(bytes: Uint8Array, from: number, to: number): number {
  const digits = run(bytes, from, Math.min(to, from + 11), DIGIT);
  const count = digits - from;
  if (count === 0 || count > 10) return 0;
  if (bytes[digits] === COLON) {
    const vdom = run(bytes, digits + 1, Math.min(to, digits + 32), NAME);
    if (bytes[vdom] !== COLON || !holdsLetter(bytes, digits + 1, Math.min(vdom, digits + 16))) return 0;
    const session = run(bytes, vdom + 1, Math.min(to, vdom + 18), HEX);
    if (session === vdom + 1 || session > vdom + 17 || bytes[session] !== CLOSE) return 0;
    return is(bytes[session + 1], TEXT_START) ? SSLVPN : 0;
  }
  if (bytes[digits] !== CLOSE || bytes[digits + 1] !== BLANK || count > 6) return 0;
  const name = run(bytes, digits + 2, Math.min(to, digits + 23), LETTER);
  if (bytes[name] !== UNDERSCORE) return 0;
  const fn = run(bytes, name + 1, Math.min(to, name + 42), WORD);
  return bytes[fn] === DASH && fn > name + 1 && fn <= name + 41 ? FNBAMD : 0;
}

/** Behind `ike `: `0:` or `V=root:0`. */
function ikeDaemon(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] === 0x56 && bytes[from + 1] === 0x3d) {
    const vdom = run(bytes, from + 2, Math.min(to, from + 34), VDOM);
    const named = vdom > from + 2 && vdom <= from + 33 && bytes[vdom] === COLON && is(bytes[vdom + 1], DIGIT);
    return named ? IKE : 0;
  }
  const digits = run(bytes, from, Math.min(to, from + 11), DIGIT);
  return digits > from && digits <= from + 10 && bytes[digits] === COLON ? IKE : 0;
}

function run(bytes: Uint8Array, from: number, to: number, kind: number): number {
  let at = from;
  while (at < to && ((KINDS[bytes[at] as number] as number) & kind) !== 0) at += 1;
  return at;
}

function holdsLetter(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (is(bytes[at], LETTER)) return true;
  return false;
}

function is(byte: number | undefined, kind: number): boolean {
  return byte !== undefined && ((KINDS[byte] as number) & kind) !== 0;
}
