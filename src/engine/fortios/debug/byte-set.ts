/** Bytes allowed at one position of a pattern. */
export interface ByteSet {
  /** 1 at each of them. */
  readonly bytes: Uint8Array;
  readonly codes: readonly number[];
  /** Each represented by its last five bits, which suffices to exclude most neighbours. */
  readonly bits: number;
}

export const BEYOND_ASCII = 0x80;

const CAPITALS = codesFrom('A', 'Z');
const DIGITS = codesFrom('0', '9');
const NAME = [...CAPITALS, ...codesFrom('a', 'z'), ...DIGITS, ...codesOf('_-')];
const ALL = Array.from({ length: 256 }, (_, code) => code);
export const ANY_BYTE: ByteSet = place(ALL);
const BLANK = place(codesOf(' \t'));
const NO_NAME = place(ALL.filter((code) => !NAME.includes(code)));

/** Byte sets are shared, so that each is computed once. */
const EXACT = new Map<string, ByteSet>([
  ['*', ANY_BYTE],
  [' ', BLANK],
  ['!', NO_NAME],
  ['^', place(CAPITALS)],
  ['~', place([...CAPITALS, ...DIGITS])],
  ['0', place(DIGITS)],
]);
const ANY_CASE = new Map<string, ByteSet>([
  [' ', BLANK],
  ['!', NO_NAME],
]);

export function exactPlace(char: string): ByteSet {
  return remembered(EXACT, char, () => place(codesOf(char)));
}

export function anyCasePlace(char: string): ByteSet {
  return remembered(ANY_CASE, char, () => place(codesOf(char.toLowerCase() + char.toUpperCase())));
}

/** A byte of a letter beyond ASCII, and that of the same letter in the other case. */
export function bytePlace(byte: number, other = byte): ByteSet {
  return place([byte, other]);
}

function remembered(known: Map<string, ByteSet>, key: string, make: () => ByteSet): ByteSet {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function place(given: readonly number[]): ByteSet {
  const codes = [...new Set(given)];
  const bytes = new Uint8Array(256);
  let bits = 0;
  for (const code of codes) {
    bytes[code] = 1;
    bits |= 1 << (code & 31);
  }
  return { bytes, codes, bits };
}

function codesOf(chars: string): readonly number[] {
  return chars.split('').map((char) => char.charCodeAt(0));
}

function codesFrom(first: string, last: string): readonly number[] {
  const from = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - from + 1 }, (_, index) => from + index);
}
