import { printable, prosePieces } from '../../documents/printable.ts';

/** Includes what GitHub links by itself: `#12`, `@name`, `:emoji:` and web addresses. */
const ACTIVE =
  /[\\`*{}[\]|~<>&@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|#(?=\w)|:(?=\/\/|[a-z0-9_+-]+:)|(?<=\bwww)\./giu;
/** At the start of a line these form a list, a heading or a rule. */
const FIRST = /^(?:[-+=#]|\d+(?=[.)]))/;

/** Foreign text as one line without formatting, links or mentions. */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(ACTIVE, (character) => ENTITIES[character] ?? `\\${character}`)
    .replace(FIRST, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '@': '&#64;',
  '#': '&#35;',
  ':': '&#58;',
  '.': '&#46;',
};

/** One line as inline code, whatever it contains. */
export function markdownCode(text: string): string {
  const shown = printable(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A code block that its content cannot end. */
export function codeBlock(lines: readonly string[]): readonly string[] {
  const shown = lines.map(printable);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [fence, ...shown, fence];
}

/** Prose of a rule: text in backticks is code. */
export function markdownProse(prose: string): string {
  return prosePieces(prose)
    .map(({ text, isCode }) => (isCode ? markdownCode(text) : escapeMarkdown(text)))
    .join('');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
