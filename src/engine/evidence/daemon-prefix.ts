import type { NoiseDaemon } from '../fortios/debug/noise.ts';

/** In the order of their bits. */
const NOISE_DAEMONS: readonly NoiseDaemon[] = ['sslvpn', 'fnbamd', 'ike'];
const SSLVPN = 1;
const FNBAMD = 2;
const IKE = 4;

/** Daemon names by set of bits. */
const DAEMONS: readonly (readonly string[])[] = Array.from({ length: 1 << NOISE_DAEMONS.length }, (_, bits) =>
  NOISE_DAEMONS.filter((__, index) => (bits & (1 << index)) !== 0).toSorted(),
);

/** Names of the daemons of a set of bits. */
export function daemonsOf(bits: number): readonly string[] {
  return DAEMONS[bits] ?? [];
}

const BLANK = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/** Byte classes; a byte may have several. */
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

const STAMP = 20;

/**
 * Returns where a line continues after its time stamp. Most lines repeat an earlier time stamp, which is not parsed
 * again.
 */
export function createStampReader(bytes: Uint8Array): (from: number, to: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let latest = -1;
  return (from, to) => {
    if (latest !== -1 && from + STAMP <= to && isSameStamp(view, latest, from)) return from + STAMP;
    const behind = afterStamp(bytes, from, to);
    if (behind > from) latest = from;
    return behind;
  };
}

/** Position after `2025-11-24 09:12:03 `; `from` without a valid time stamp. */
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

/** Compares four bytes at a time. */
function isSameStamp(view: DataView, one: number, two: number): boolean {
  // The seconds are compared first, because they differ most often.
  return (
    view.getUint32(one + 16) === view.getUint32(two + 16) &&
    view.getUint32(one + 12) === view.getUint32(two + 12) &&
    view.getUint32(one + 8) === view.getUint32(two + 8) &&
    view.getUint32(one + 4) === view.getUint32(two + 4) &&
    view.getUint32(one) === view.getUint32(two)
  );
}

/** 100 if they are not digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

/** Bit of the daemon whose prefix is here, else 0. */
export function daemonAt(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] === OPEN) return bracketDaemon(bytes, at + 1, to);
  // `ike `
  const named =
    bytes[at] === 0x69 && bytes[at + 1] === 0x6b && bytes[at + 2] === 0x65 && bytes[at + 3] === BLANK;
  return named ? ikeDaemon(bytes, at + 4, to) : 0;
}

/** After `[`: `5784:root:d9]` and a word, or `378] radius_start-`. */
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

/** After `ike `: `0:` or `V=root:0`. */
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

/** `[5784:` or `[378] name` directly after the previous message. */
export function beginsMessage(bytes: Uint8Array, open: number, to: number): boolean {
  const digits = run(bytes, open + 1, Math.min(to, open + 12), DIGIT);
  if (digits === open + 1) return false;
  return (
    bytes[digits] === COLON ||
    (bytes[digits] === CLOSE && bytes[digits + 1] === BLANK && is(bytes[digits + 2], WORD_START))
  );
}
