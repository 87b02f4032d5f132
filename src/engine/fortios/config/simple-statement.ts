const SPACE = 32;
const DOUBLE_QUOTE = 34;
const SLASH = 47;
const LOWER_A = 97;
const LOWER_Z = 122;
/** ASCII of words that cannot hold a quote, an escape or an annotation. */
const PLAIN = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@+,*-') {
  PLAIN[character.charCodeAt(0)] = 1;
}
/** Characters. A longer `set` line may have been broken by a mail. */
const MAX_LENGTH = 49;

export interface SimpleStatement {
  /** Number of blanks before the verb. */
  readonly indent: number;
  /** Begins with the verb. */
  readonly words: readonly string[];
}

/**
 * A statement as nearly all are: one short line of plain words and quoted values. Undefined for any other line, which
 * `createStatementReader` reads, and with the same words for this one; that takes eight times as long.
 */
export function simpleStatement(line: string): SimpleStatement | undefined {
  const { length } = line;
  if (length > MAX_LENGTH) return undefined;
  let at = 0;
  while (at < length && line.charCodeAt(at) === SPACE) at += 1;
  const indent = at;
  const first = line.charCodeAt(at);
  if (!(first >= LOWER_A && first <= LOWER_Z)) return undefined;
  const words: string[] = [];
  while (at < length) {
    const from = at;
    if (line.charCodeAt(at) === DOUBLE_QUOTE) {
      at = line.indexOf('"', from + 1);
      if (at === -1) return undefined;
      const value = line.slice(from + 1, at);
      if (value.includes('\\')) return undefined;
      words.push(value);
      at += 1;
    } else {
      if (line.charCodeAt(at) === SLASH && line.charCodeAt(at + 1) === SLASH) return undefined;
      while (at < length && PLAIN[line.charCodeAt(at)] === 1) at += 1;
      if (at === from) return undefined;
      words.push(line.slice(from, at));
    }
    if (at === length) break;
    if (line.charCodeAt(at) !== SPACE) return undefined;
    while (at < length && line.charCodeAt(at) === SPACE) at += 1;
  }
  return { indent, words };
}
