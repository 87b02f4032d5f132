import type { Finding } from '../../../engine/diagnosis/diagnosis.ts';
import type { Decisive } from '../../../engine/evidence/cut-around.ts';
import { printable } from '../../documents/printable.ts';
import { bySource, markDecisive, quotedLine } from '../../documents/quotes.ts';
import { element, joinMarkup, type Markup } from './markup.ts';

type Quote = Finding['evidence'][number];

/** The lines of an evidence text by name; `undefined` if it is not available. */
export type SourceLines = (source: string) => readonly string[] | undefined;

const QUOTE_LIMIT = 1000;
/** Lines shown before and after a quoted one. */
const CONTEXT = 2;

export function evidenceFigures(
  evidence: readonly Quote[],
  words: readonly Decisive[],
  linesOf: SourceLines,
): readonly Markup[] {
  return bySource(evidence).map(({ source, lines }) =>
    element(
      'figure',
      {},
      element('figcaption', {}, printable(source)),
      element(
        'ol',
        { class: 'lines' },
        ...withContext(lines, linesOf(source)).map((shown) => lineItem(shown, words)),
      ),
    ),
  );
}

interface ShownLine {
  readonly line: number;
  readonly text: string;
  readonly quoted: boolean;
}

function lineItem({ line, text, quoted }: ShownLine, words: readonly Decisive[]): Markup {
  const shown = quotedLine(text, QUOTE_LIMIT, words);
  const parts = quoted ? markDecisive(shown, words) : [{ text: shown, decisive: false }];
  return element(
    'li',
    quoted ? {} : { class: 'near' },
    element('span', { class: 'no' }, String(line)),
    element(
      'code',
      {},
      joinMarkup(parts.map((part) => (part.decisive ? element('mark', {}, part.text) : part.text))),
    ),
  );
}

/** Surrounding lines are shown only if the text has the quoted words in that line. */
function withContext(quotes: readonly Quote[], lines: readonly string[] | undefined): readonly ShownLine[] {
  const shown = new Map<number, ShownLine>();
  for (const { line, text } of quotes) {
    if (lines?.[line - 1]?.includes(text.trim()) !== true) continue;
    for (let near = Math.max(1, line - CONTEXT); near <= Math.min(lines.length, line + CONTEXT); near += 1) {
      const around = lines[near - 1] ?? '';
      if (around.trim() !== '') shown.set(near, { line: near, text: around, quoted: false });
    }
  }
  for (const { line, text } of quotes) {
    // A quote without its indentation is replaced by the whole line.
    const whole = lines?.[line - 1];
    shown.set(line, { line, text: whole?.trim() === text.trim() ? whole : text, quoted: true });
  }
  return [...shown.values()].sort((a, b) => a.line - b.line);
}
