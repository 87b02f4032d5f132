import { CONTROL_CHARACTERS } from '../../engine/text/escape-json.ts';

/** Most lines are plain ASCII, and the other pattern is slow to set up. */
const BEYOND_PLAIN = /[^\t -~]/;

/**
 * One line of foreign text, safe to print; control characters are shown as `\x1b`. A final carriage return is
 * dropped.
 */
export function printable(text: string): string {
  if (!BEYOND_PLAIN.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r+$/, '')
    .replaceAll(CONTROL_CHARACTERS, (character) => escapeCode(character.codePointAt(0) ?? 0));
}

/** Line breaks in prose become spaces. */
export function printableProse(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return printable(lines.filter((line) => line !== '').join(' '));
}

/** The pieces of prose: text in backticks is code, but a last, unclosed backtick is ignored. */
export function prosePieces(text: string): readonly { readonly text: string; readonly isCode: boolean }[] {
  const pieces = printableProse(text).split('`');
  const all = pieces.map((piece, index) => ({
    text: piece,
    isCode: index % 2 === 1 && index < pieces.length - 1,
  }));
  return all.filter((piece) => piece.text !== '');
}

function escapeCode(code: number): string {
  const hex = code.toString(16);
  return code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/** At most `limit` characters, with the number of those not shown. Never splits a character. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text
    .slice(0, limit)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  return `${kept}… (${formatNumber(text.length - kept.length)} more characters)`;
}

/** Same for prose with code in backticks: a piece of code is never split. */
export function clipProse(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit);
  const isInCode = kept.split('`').length % 2 === 0;
  const end = isInCode ? kept.lastIndexOf('`') : limit;
  return clip(text, end);
}

const SHORT = /^-?\d+(?:\.\d)?$/;
const BETWEEN_GROUPS = /\B(?=(?:\d{3})+(?:\.|$))/g;
let rounded: Intl.NumberFormat | undefined;

/** At most one decimal. `Intl` is used only for rounding: creating a formatter takes a third of a process's start. */
export function formatNumber(value: number): string {
  const text = String(value);
  if (SHORT.test(text)) return text.replace(BETWEEN_GROUPS, ',');
  rounded ??= new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
  return rounded.format(value);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Without the empty ones. */
export function joinTexts(texts: readonly string[], between = ' · '): string {
  return texts.filter((text) => text !== '').join(between);
}
