import { type JoinedLine, joinAroundMessages } from '../../engine/fortios/async-messages.ts';
import { learnPrompt, parsePromptLine } from '../../engine/fortios/prompt.ts';

/** The echo of a typed line among the lines that a session printed since it was typed. */
export interface Echo {
  /** Index of its last line. */
  readonly at: number;
  /** Index of its first line: less than `at` if other text split the echo. */
  readonly from: number;
  /** The device received only a part of what was typed. */
  readonly isGarbled: boolean;
}

/** Other text in the middle of an echo has at most this many lines. */
const MAX_SPLIT_LINES = 8;
/** Longer than `abort` and `exit`, which output may contain too. */
const MIN_DISTINCT_LENGTH = 8;

/** Searches the lines from `seen` on, and backwards from there for the first half of an echo that was split. */
export function findEcho(
  lines: readonly string[],
  seen: number,
  text: string,
  host: string,
): Echo | undefined {
  const start = Math.max(0, seen - MAX_SPLIT_LINES);
  for (let end = seen + 1; end <= lines.length; end += 1) {
    const joined = joinAroundMessages(lines.slice(start, end)).map((line) => ({
      ...line,
      from: line.from + start,
      to: line.to + start,
    }));
    const echo = echoAtEnd(joined, text, host);
    if (echo) return echo;
  }
  return undefined;
}

function echoAtEnd(lines: readonly JoinedLine[], text: string, host: string): Echo | undefined {
  const last = lines.at(-1);
  if (!last) return undefined;
  const { text: line, from, to } = last;
  const typed = typedText(line, text, host);
  const isAtPrompt = typed !== line.trim();
  const isWhole = typed === text || followsText(typed, text, isAtPrompt) || holdsBothEnds(typed, text);
  if (isWhole) return { at: to, from, isGarbled: false };
  const begun = firstPiece(lines, text, host);
  if (begun !== undefined) return { at: to, from: begun, isGarbled: false };
  // A beginning alone may be the first half of an echo whose second half is still to come.
  const isPart =
    typed !== '' &&
    !text.startsWith(typed) &&
    (isAtPrompt ? isSubsequence(typed, text) : text.endsWith(typed));
  return isPart ? { at: to, from, isGarbled: true } : undefined;
}

/** What was typed, with or without a prompt before it: the current one, or one with a new name. */
function typedText(line: string, text: string, host: string): string {
  const known = parsePromptLine(line, host);
  if (known) return known.command.trim();
  const isRenamed = line.endsWith(text) && learnPrompt(line.slice(0, -text.length)) !== undefined;
  return isRenamed ? text : line.trim();
}

/** Foreign text without a line end before an echo. A short word at the end of any line is not an echo. */
function followsText(typed: string, text: string, isAtPrompt: boolean): boolean {
  return typed.endsWith(text) && (isAtPrompt || text.length >= MIN_DISTINCT_LENGTH);
}

/** Foreign text without a line end in the middle of an echo. */
export function holdsBothEnds(typed: string, text: string): boolean {
  if (typed.length <= text.length) return false;
  return (
    commonPrefix(typed, text) + commonSuffix(typed, text) >= text.length && commonPrefix(typed, text) > 0
  );
}

/**
 * Index of the line where an echo begins that foreign lines split into pieces; the last piece is in the last line.
 * Each piece begins its line, or follows the prompt; a daemon's text may follow it, and in the last line precede it.
 */
function firstPiece(lines: readonly JoinedLine[], text: string, host: string): number | undefined {
  /** How much of the echo can have been printed, and the line it began in. */
  const printed = new Map<number, number>();
  for (const [index, { text: line, from }] of lines.entries()) {
    const typed = typedText(line, text, host);
    const isAtPrompt = typed !== line.trim();
    // With the spaces at its end, which are a part of the echo.
    const piece = isAtPrompt && typed !== '' ? line.slice(line.lastIndexOf(typed)) : line;
    const before = new Map(printed);
    for (const [length, start] of before) {
      const rest = text.slice(length);
      const isLast = index === lines.length - 1;
      const ends = line.startsWith(rest) || line.trimEnd().endsWith(rest);
      if (isLast && ends) return start;
      for (let more = commonPrefix(line, rest); more > 0; more -= 1) addOnce(printed, length + more, start);
    }
    if (index === lines.length - 1 && isAtPrompt && piece.startsWith(text)) return from;
    for (let more = commonPrefix(piece, text); more > 0; more -= 1) addOnce(printed, more, from);
  }
  return undefined;
}

function addOnce(printed: Map<number, number>, length: number, start: number): void {
  if (!printed.has(length)) printed.set(length, start);
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function commonSuffix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

function isSubsequence(part: string, text: string): boolean {
  let at = 0;
  for (const character of text) if (character === part[at]) at += 1;
  return at === part.length && part.length < text.length;
}
