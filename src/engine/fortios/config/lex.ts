/** One command of a configuration text, with quotes and escapes resolved. */
export interface Statement {
  /** Begins with the verb; annotations that people or `grep -f` add after a line are not words. */
  readonly words: readonly string[];
  /** Index of the line after the statement: a quoted value may span lines. */
  readonly next: number;
  /** End of the last word in its line. */
  readonly end: number;
  /** False if a quote is opened and never closed; the value then ends with its first line. */
  readonly terminated: boolean;
}

const SPACE = 32;
const NO_BREAK_SPACE = 160;
const TAB = 9;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const LESS_THAN = 60;
const BACKSLASH = 92;
const DASH = 45;

/**
 * Annotations that people write after a line: `>> wan ip`, `<----- DDNS name`, `--> note`, `# note`, `(note)`. None of
 * them can begin an unquoted FortiOS word. `<user#1>` and `<password>` are placeholders and stay words.
 */
const ANNOTATION = /#|>|<[-=<~\s]|<$|[-=~]+>|\/\/|\(|[←→⟵⟶⇐⇒➜➔]/y;

/** Lines; more than any certificate or page that FortiOS prints as one value. */
const MAX_VALUE_LINES = 4_000;
const STATEMENT_START = /^[ \t\xa0]*(?:set|append|edit|select|unselect|unset|config)[ \t\xa0]/;

/**
 * Reads statements from lines, in linear time for any content. Quoting as in FortiOS: in `"…"` only `\"`, `\'` and
 * `\\` are escapes; in `'…'` nothing is; outside, `\x` is `x` and a backslash at the end of a line joins the next;
 * adjacent parts are one word. A `'` without a partner on its line is an ordinary character: FortiOS itself prints
 * double quotes only, and prose is full of apostrophes.
 */
export function createStatementReader(lines: readonly string[]): (index: number) => Statement {
  // Once a quote ran to the end of the text, no later one can be closed after its own line.
  let lastCloseable = lines.length - 1;

  return (index) => {
    let row = index;
    let line = lineAt(lines, row);
    let at = skipSpace(line, 0);
    let end = at;
    let terminated = true;
    const words: string[] = [];

    while (at < line.length && !(words.length > 0 && startsAnnotation(line, at))) {
      const pieces: string[] = [];
      while (at < line.length && !isSpace(line.charCodeAt(at))) {
        const code = line.charCodeAt(at);
        if (code === DOUBLE_QUOTE) {
          const quoted = readQuoted(row, at + 1);
          pieces.push(quoted.value);
          terminated &&= quoted.closed;
          row = quoted.row;
          line = lineAt(lines, row);
          at = quoted.at;
        } else if (code === SINGLE_QUOTE) {
          const close = line.indexOf("'", at + 1);
          pieces.push(close === -1 ? "'" : line.slice(at + 1, close));
          at = close === -1 ? at + 1 : close + 1;
        } else if (code === BACKSLASH && at + 1 < line.length) {
          pieces.push(line.charAt(at + 1));
          at += 2;
        } else if (code === BACKSLASH) {
          if (row + 1 >= lines.length) {
            at = line.length;
            break;
          }
          row += 1;
          line = lineAt(lines, row);
          at = 0;
        } else {
          const stop = plainEnd(line, at);
          if (stop === at) break;
          pieces.push(line.slice(at, stop));
          at = stop;
        }
      }
      words.push(pieces.join(''));
      end = at;
      if (line.charCodeAt(at) === LESS_THAN) break;
      at = skipSpace(line, at);
    }
    return { words, next: row + 1, end, terminated };
  };

  function readQuoted(openRow: number, from: number) {
    const pieces: string[] = [];
    const reach = Math.min(lastCloseable, openRow + MAX_VALUE_LINES);
    for (let row = openRow; row <= Math.max(openRow, reach); row += 1) {
      const line = lineAt(lines, row);
      if (row > openRow) pieces.push('\n');
      const part = readQuotedPart(line, row === openRow ? from : 0);
      pieces.push(part.value);
      if (!part.closed) continue;
      const swallowed = row > openRow && closesAnotherQuote(line, part.at);
      if (swallowed) return readUnclosed(openRow, from);
      return { value: pieces.join(''), row, at: part.at, closed: true };
    }
    if (reach === lastCloseable) lastCloseable = Math.min(lastCloseable, openRow);
    return readUnclosed(openRow, from);
  }

  function readUnclosed(row: number, from: number) {
    const line = lineAt(lines, row);
    return { value: readQuotedPart(line, from).value, row, at: line.length, closed: false };
  }
}

/**
 * Whether the quote at `at`, on a later line than the opening one, begins a pair of its own instead. After a
 * multi-line value FortiOS ends the line; `set vdom "root"` and `{"sender":` continue.
 */
function closesAnotherQuote(line: string, at: number): boolean {
  if (skipSpace(line, at) >= line.length) return false;
  return STATEMENT_START.test(line.slice(0, 200)) || (at > 1 && !isSpace(line.charCodeAt(at)));
}

function readQuotedPart(line: string, from: number) {
  const pieces: string[] = [];
  let start = from;
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === DOUBLE_QUOTE) {
      pieces.push(line.slice(start, at));
      return { value: pieces.join(''), at: at + 1, closed: true };
    }
    if (code !== BACKSLASH) continue;
    const next = line.charCodeAt(at + 1);
    if (next !== DOUBLE_QUOTE && next !== SINGLE_QUOTE && next !== BACKSLASH) continue;
    pieces.push(line.slice(start, at));
    start = at + 1;
    at += 1;
  }
  pieces.push(line.slice(start));
  return { value: pieces.join(''), at: line.length, closed: false };
}

/** `enable<---` is a word and an annotation; `fgt-<host#1>` is one word. */
function plainEnd(line: string, from: number): number {
  let at = from;
  for (; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (isSpace(code) || code === DOUBLE_QUOTE || code === SINGLE_QUOTE || code === BACKSLASH) break;
    if (code === LESS_THAN && line.charCodeAt(at + 1) === DASH) break;
  }
  return at;
}

function startsAnnotation(line: string, at: number): boolean {
  ANNOTATION.lastIndex = at;
  return ANNOTATION.test(line);
}

function lineAt(lines: readonly string[], row: number): string {
  const line = lines[row] ?? '';
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function skipSpace(line: string, from: number): number {
  let at = from;
  while (at < line.length && isSpace(line.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === TAB || code === NO_BREAK_SPACE;
}
