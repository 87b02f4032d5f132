/** Index of a byte that ends something; -1 where the text is not plain. */
type Index = number;

const LINE_FEED = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const SLASH = 47;
const BACKSLASH = 92;
const TAB = 9;
/** Lines of one value: a page that FortiOS shows to users. */
const MAX_VALUE_LINES = 1_000;

/**
 * Bytes that mean something outside quotes: the beginning of a quote, an escape or an annotation, and all that FortiOS
 * prints between quotes only.
 */
const MARKS = tableOf(
  (byte) => byte < SPACE || byte > 126 || '"#\'()/<>\\'.includes(String.fromCharCode(byte)),
);
const QUOTED_MARKS = tableOf((byte) => byte < SPACE || byte === DOUBLE_QUOTE || byte === BACKSLASH);

function tableOf(isMark: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(isMark(byte)));
}

/**
 * Index of the line feed, or of the end of the text, behind the statement; -1 if it is not plain: quotes that do not pair, an
 * escape outside quotes, or a mark that may begin an annotation. Reads bytes, because V8 takes twice the time for the
 * characters of a string.
 */
export function endOfStatement(bytes: Uint8Array, start: number): Index {
  let mayBeCut = false;
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (MARKS[byte] === 0) continue;
    if (byte === LINE_FEED) return at;
    if (byte === SLASH) {
      mayBeCut ||= bytes[at + 1] === SLASH && bytes[at - 1] === SPACE;
      continue;
    }
    if (byte !== DOUBLE_QUOTE || mayBeCut) return -1;
    at = endOfQuoted(bytes, at + 1);
    if (at === -1) return -1;
  }
  return at;
}

/** Index of the closing quote. Behind a value of several lines FortiOS ends the line. */
function endOfQuoted(bytes: Uint8Array, from: number): Index {
  let lines = 0;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (QUOTED_MARKS[byte] === 0) continue;
    if (byte === DOUBLE_QUOTE) return lines === 0 || bytes[at + 1] === LINE_FEED ? at : -1;
    if (byte === BACKSLASH) {
      if (bytes[at + 1] !== LINE_FEED) at += 1;
    } else if (byte === LINE_FEED) {
      lines += 1;
      if (lines >= MAX_VALUE_LINES) return -1;
    } else if (byte !== TAB) return -1;
  }
  return -1;
}

export type Verb = 'config' | 'end' | 'edit' | 'next' | 'set' | 'other setting' | 'other';

const OTHER_SETTINGS = ['unset ', 'append ', 'select ', 'unselect '].map(bytesOf);
const SET = bytesOf('set ');
const EDIT = bytesOf('edit ');
const CONFIG = bytesOf('config ');
const NEXT = bytesOf('next');
const END = bytesOf('end');
const S = SET[0];
const N = NEXT[0];
const E = END[0];

/** What the statement does; `end` is where it ends. */
export function verbAt(bytes: Uint8Array, at: number, end: number): Verb {
  const first = bytes[at];
  if (first === S && stands(SET, bytes, at)) return 'set';
  if (first === N && end === at + NEXT.length && stands(NEXT, bytes, at)) return 'next';
  if (first === E && stands(EDIT, bytes, at)) return 'edit';
  if (first === E && end === at + END.length && stands(END, bytes, at)) return 'end';
  if (stands(CONFIG, bytes, at)) return 'config';
  return OTHER_SETTINGS.some((word) => stands(word, bytes, at)) ? 'other setting' : 'other';
}

function stands(word: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < word.length; index += 1) if (bytes[at + index] !== word[index]) return false;
  return true;
}

function bytesOf(word: string): Uint8Array {
  return new TextEncoder().encode(word);
}
