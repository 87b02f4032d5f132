/** One typed line split into words, or why FortiOS would not accept it. */
export type Words =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** A quote is still open, or the line ends with a backslash: the next line continues it. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'unexpected'; readonly at: string };

/** Characters that an unquoted word cannot contain. */
const RESERVED = new Set('<>()#');

/**
 * Quoting of a typed line: in `"…"` only `\"`, `\'` and `\\` are escapes, in `'…'` nothing is, outside `\x` is `x`;
 * adjacent pieces are one word.
 */
export function toWords(line: string): Words {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === ' ' || char === '\t' || char === '\n') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '"' || char === "'") {
      const quoted = readQuoted(line, at);
      if (!quoted) return { kind: 'unfinished' };
      word = (word ?? '') + quoted.value;
      at = quoted.end;
    } else if (char === '\\') {
      if (at + 1 >= line.length) return { kind: 'unfinished' };
      at += 1;
      if (line.charAt(at) !== '\n') word = (word ?? '') + line.charAt(at);
    } else if (RESERVED.has(char)) {
      if (char === '#' && words.length === 0 && word === undefined) break;
      return { kind: 'unexpected', at: line.slice(at).split(' ')[0] ?? char };
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  return { kind: 'words', words };
}

function readQuoted(
  line: string,
  open: number,
): { readonly value: string; readonly end: number } | undefined {
  const quote = line.charAt(open);
  let value = '';
  for (let at = open + 1; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === quote) return { value, end: at };
    const next = line.charAt(at + 1);
    if (quote === '"' && char === '\\' && (next === '"' || next === "'" || next === '\\')) {
      value += next;
      at += 1;
    } else {
      value += char;
    }
  }
  return undefined;
}
