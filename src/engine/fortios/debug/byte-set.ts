/** Bytes allowed at one position of a pattern. */
export type ByteSet = Uint8Array;

export const BEYOND_ASCII = 0x80;

const CAPITALS = codesFrom('A', 'Z');
const DIGITS = codesFrom('0', '9');
const NAME = [...CAPITALS, ...codesFrom('a', 'z'), ...DIGITS, ...codesOf('_-')];
export const ANY_BYTE: ByteSet = new Uint8Array(256).fill(1);
const BLANK = place(codesOf(' \t'));
const NO_NAME: ByteSet = new Uint8Array(256).fill(1);
for (const code of NAME) NO_NAME[code] = 0;

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
const ALLOWED = new Map<ByteSet, readonly number[]>();
const BITS = new Map<ByteSet, number>();

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

/** Represents a byte by its last five bits, which suffices to exclude most neighbours. */
export function bitsOf(allowed: ByteSet): number {
  return remembered(BITS, allowed, () => {
    let bits = 0;
    for (const code of bytesOf(allowed)) bits |= 1 << (code & 31);
    return bits;
  });
}

export function bytesOf(bytes: ByteSet): readonly number[] {
  return remembered(ALLOWED, bytes, () => {
    const codes: number[] = [];
    for (let code = 0; code < bytes.length; code += 1) if (bytes[code] === 1) codes.push(code);
    return codes;
  });
}

export function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function place(codes: readonly number[]): ByteSet {
  const bytes = new Uint8Array(256);
  for (const code of codes) bytes[code] = 1;
  return bytes;
}

function codesOf(chars: string): readonly number[] {
  return chars.split('').map((char) => char.charCodeAt(0));
}

function codesFrom(first: string, last: string): readonly number[] {
  const from = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - from + 1 }, (_, index) => from + index);
}
