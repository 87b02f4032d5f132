import { DAMAGE_FORMS } from '../evidence/mend.ts';
import { type FillerDaemon, SAYING_WORDS } from '../fortios/debug/filler.ts';
import { ALARM, CHARACTER_CLASS, createWordSpotter, FOUR, slotOf } from '../fortios/debug/word-spotter.ts';
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

export const FILLER_DAEMONS: readonly FillerDaemon[] = ['sslvpn', 'fnbamd', 'ike'];
const SSLVPN = 1;
const FNBAMD = 2;
const IKE = 4;

const TERMINAL = 80;
const LONGEST = 4_000;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

const SPOTTER = createWordSpotter(SECRET_WORDS, [...SECRET_FORMS, ...SAYING_WORDS, ...DAMAGE_FORMS]);
const TABLE = SPOTTER.table;
const BLANK_CLASS = CHARACTER_CLASS[0x20] as number;
const CLASS = classOfBytes();

function classOfBytes(): Uint8Array {
  const table = new Uint8Array(256).fill(ALARM);
  table.set(CHARACTER_CLASS);
  return table;
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
      const head = headOf(bytes, at, to);
      if (head === 0) return at;
      const end = endOfHarmless(bytes, head >> 3, to);
      const length = end - at;
      if (end < 0 || length === TERMINAL || length > LONGEST) return at;
      found.count += 1;
      found.last = at;
      found.daemons |= head & 7;
      if (length > found.longest) found.longest = length;
      at = bytes[end] === CR ? end + 2 : end + 1;
    }
    return at;
  }

  return { scan, found };
}

/** The end of the line (its CR or LF), or -1 where something in it may matter. */
function endOfHarmless(bytes: Uint8Array, from: number, to: number): number {
  let four = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    const kind = CLASS[byte] as number;
    if (kind === ALARM) {
      const ends = byte === LF || (byte === CR && at + 1 < to && bytes[at + 1] === LF);
      return ends && !endsInWord(bytes, four, at) ? at : -1;
    }
    four = ((four << 6) | kind) & FOUR;
    if (TABLE[slotOf(four)] === 1 && isWord(bytes, four, at)) return -1;
    if (byte === OPEN && beginsMessage(bytes, at, to)) return -1;
  }
  return -1;
}

function isWord(bytes: Uint8Array, four: number, at: number): boolean {
  return SPOTTER.confirms(four, at, (index) => CLASS[bytes[index] ?? BLANK] as number);
}

/** A word of two or three letters at the very end has no fourth character. */
function endsInWord(bytes: Uint8Array, four: number, end: number): boolean {
  const classAt = (index: number) => (index < end ? (CLASS[bytes[index] ?? BLANK] as number) : BLANK_CLASS);
  const one = ((four << 6) | BLANK_CLASS) & FOUR;
  const two = ((one << 6) | BLANK_CLASS) & FOUR;
  return SPOTTER.confirms(one, end, classAt) || SPOTTER.confirms(two, end + 1, classAt);
}

/** `[5784:` or `[378] name`, glued to the message before. */
function beginsMessage(bytes: Uint8Array, open: number, to: number): boolean {
  const digits = run(bytes, open + 1, Math.min(to, open + 12), isDigit);
  if (digits === open + 1) return false;
  return (
    bytes[digits] === COLON ||
    (bytes[digits] === CLOSE && bytes[digits + 1] === BLANK && isWordStart(bytes[digits + 2]))
  );
}

/** Where the head of a debug line ends, times eight, plus the bit of its daemon; 0 where there is none. */
function headOf(bytes: Uint8Array, from: number, to: number): number {
  const at = afterStamp(bytes, from, to);
  if (bytes[at] === OPEN) return bracketHead(bytes, at + 1, to);
  // `ike `
  if (bytes[at] === 0x69 && bytes[at + 1] === 0x6b && bytes[at + 2] === 0x65 && bytes[at + 3] === BLANK) {
    return ikeHead(bytes, at + 4, to);
  }
  return 0;
}

function afterStamp(bytes: Uint8Array, from: number, to: number): number {
  if (!isDigit(bytes[from]) || from + 20 > to || bytes[from + 4] !== DASH) return from;
  for (let at = 0; at < 19; at += 1) {
    const byte = bytes[from + at];
    if (
      at === 4 || at === 7
        ? byte !== DASH
        : at === 10
          ? byte !== BLANK
          : at === 13 || at === 16
            ? byte !== COLON
            : !isDigit(byte)
    ) {
      return from;
    }
  }
  return bytes[from + 19] === BLANK ? from + 20 : from;
}

/** Behind `[`: `5784:root:d9]` and a word, or `378] radius_start-`. */
function bracketHead(bytes: Uint8Array, from: number, to: number): number {
  const digits = run(bytes, from, Math.min(to, from + 11), isDigit);
  const count = digits - from;
  if (count === 0 || count > 10) return 0;
  if (bytes[digits] === COLON) {
    const vdom = run(bytes, digits + 1, Math.min(to, digits + 32), isNameByte);
    if (bytes[vdom] !== COLON || !holdsLetter(bytes, digits + 1, Math.min(vdom, digits + 16))) return 0;
    const session = run(bytes, vdom + 1, Math.min(to, vdom + 18), isHex);
    if (session === vdom + 1 || session > vdom + 17 || bytes[session] !== CLOSE) return 0;
    return isTextStart(bytes[session + 1]) ? ((session + 1) << 3) | SSLVPN : 0;
  }
  if (bytes[digits] !== CLOSE || bytes[digits + 1] !== BLANK || count > 6) return 0;
  const name = run(bytes, digits + 2, Math.min(to, digits + 23), isLetter);
  if (bytes[name] !== UNDERSCORE) return 0;
  const fn = run(bytes, name + 1, Math.min(to, name + 42), isWordByte);
  return bytes[fn] === DASH && fn > name + 1 && fn <= name + 41 ? ((fn + 1) << 3) | FNBAMD : 0;
}

/** Behind `ike `: `0:` or `V=root:0`. */
function ikeHead(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] === 0x56 && bytes[from + 1] === 0x3d) {
    const vdom = run(bytes, from + 2, Math.min(to, from + 34), isVdomByte);
    const named = vdom > from + 2 && vdom <= from + 33 && bytes[vdom] === COLON && isDigit(bytes[vdom + 1]);
    return named ? ((vdom + 2) << 3) | IKE : 0;
  }
  const digits = run(bytes, from, Math.min(to, from + 11), isDigit);
  return digits > from && digits <= from + 10 && bytes[digits] === COLON ? ((digits + 1) << 3) | IKE : 0;
}

function run(
  bytes: Uint8Array,
  from: number,
  to: number,
  fits: (byte: number | undefined) => boolean,
): number {
  let at = from;
  while (at < to && fits(bytes[at])) at += 1;
  return at;
}

function holdsLetter(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isLetter(bytes[at])) return true;
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

function isHex(byte: number | undefined): boolean {
  return byte !== undefined && (isDigit(byte) || (byte >= 0x61 && byte <= 0x66));
}

function isWordStart(byte: number | undefined): boolean {
  return isLetter(byte) || byte === UNDERSCORE;
}

function isTextStart(byte: number | undefined): boolean {
  return isWordByte(byte) || byte === OPEN || byte === 0x22 || byte === 0x27;
}

function isWordByte(byte: number | undefined): boolean {
  return isWordStart(byte) || isDigit(byte);
}

function isVdomByte(byte: number | undefined): boolean {
  return isWordByte(byte) || byte === DASH;
}

function isNameByte(byte: number | undefined): boolean {
  return isVdomByte(byte) || byte === 0x2e;
}
