/** Default width of a terminal. */
const TERMINAL_COLUMNS = 80;
/** Mail and tickets break lines between two words, and not before this column. */
const MIN_LENGTH = 50;
const MAX_PARTS = 6;

const SET_LINE = /^[ \t\xa0]*(?:set|append|select|unselect)[ \t\xa0]/;
const WORDS = /^[ \t\xa0]*[\w".:/*@-]+(?:[ \t\xa0]+[\w".:/*@-]+)*[ \t\xa0]*$/;

/**
 * Joins a `set` line that a terminal broke at its last column, or mail between two words. FortiOS itself breaks only
 * quoted values. `isOwn` says that a line is a statement, a comment or blank.
 */
export function joinBroken(lines: readonly string[], index: number, isOwn: (line: string) => boolean) {
  const first = trimReturn(lines[index]);
  if (!SET_LINE.test(first)) return undefined;
  return cutByTerminal(lines, index, isOwn) ?? brokenByMail(lines, index, isOwn);
}

function cutByTerminal(lines: readonly string[], index: number, isOwn: (line: string) => boolean) {
  let text = trimReturn(lines[index]);
  let next = index + 1;
  for (let piece = text; piece.length === TERMINAL_COLUMNS && next < lines.length; next += 1) {
    piece = trimReturn(lines[next]);
    if (isOwn(piece)) break;
    text += piece;
  }
  return next > index + 1 ? { text, next } : undefined;
}

/** Only before a statement: otherwise the next line may be prose. */
function brokenByMail(lines: readonly string[], index: number, isOwn: (line: string) => boolean) {
  let text = trimReturn(lines[index]);
  let next = index + 1;
  for (let piece = text; piece.length >= MIN_LENGTH && next - index <= MAX_PARTS; next += 1) {
    piece = trimReturn(lines[next]);
    if (next >= lines.length || isOwn(piece) || !WORDS.test(piece)) break;
    text = `${text.trimEnd()} ${piece.trim()}`;
  }
  return next > index + 1 && next < lines.length && isOwn(lines[next] ?? '') ? { text, next } : undefined;
}

function trimReturn(line: string | undefined): string {
  return line?.endsWith('\r') ? line.slice(0, -1) : (line ?? '');
}
