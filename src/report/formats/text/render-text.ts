import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { type AnswerContext, createAnswer } from '../../documents/answer/answer.ts';
import { readText } from '../../documents/answer/summary.ts';
import type { Document, ListItem, Part, Quotes, Steps, Table, TableRow } from '../../documents/document.ts';
import { printable, printableProse } from '../../documents/printable.ts';
import { bySource, quotedLine } from '../../documents/quotes.ts';
import { WORDING } from '../../documents/wording.ts';
import { ANSI, type Paint, type Pen, PLAIN } from './paint.ts';
import { cutToWidth, padToWidth, textWidth } from './text-width.ts';

export interface TextOptions extends Pick<AnswerContext, 'tookMs' | 'vdom' | 'canWatch' | 'withOutput'> {
  /** Columns, 80 by default. CLI lines and quotes are never wrapped, so that they can be copied. */
  readonly width?: number;
  readonly colour?: boolean;
}

type Lines = readonly string[];

const INDENT = '  ';
const QUOTE_LIMIT = 400;
const ARROW = ' › ';

/** The answer for a terminal, without a final line break. Control characters in foreign text are escaped. */
export function renderText(diagnosis: Diagnosis, options: TextOptions = {}): string {
  const { width = 80, colour, ...context } = options;
  const answer = createAnswer(diagnosis, context);
  const read = readText(diagnosis);
  const foot = [...(answer.foot ?? []).map((line) => `${line}.`), ...(read === '' ? [] : [read])];
  const pen = { width: Math.max(40, width), paint: colour ? ANSI : PLAIN };
  return renderTextDocument({ ...answer, foot }, pen);
}

/** Parts are separated by blank lines. Control characters in foreign text are escaped. */
export function renderTextDocument(document: Document, pen: Pen = { width: 80, paint: PLAIN }): string {
  const { paint, width } = pen;
  return [
    headLines(document, pen),
    ...partGroups(document.parts, pen),
    (document.foot ?? []).flatMap((line) => wrap(line, width)).map(paint.dim),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines({ mark, verdict, headline, about = '' }: Document, { width, paint }: Pen): Lines {
  if (mark === undefined) return [printableProse(headline)];
  const colour = verdict === 'broken' ? paint.bad : verdict === 'healthy' ? paint.good : paint.unsure;
  const [first = '', ...more] = wrap(printableProse(headline), width - 2);
  return [
    `${colour(mark.mark)} ${paint.bold(first)}`,
    ...more.map((line) => `  ${paint.bold(line)}`),
    ...wrap(about.replaceAll('`', ''), width, INDENT).map(paint.dim),
  ];
}

/** Groups of lines; a block without a label stands right below the sentence before it. */
function partGroups(parts: readonly Part[], pen: Pen): readonly Lines[] {
  const groups: Lines[] = [];
  for (const part of parts) {
    const isBelow = part.kind === 'code' && part.label === undefined && groups.length > 0;
    const above = isBelow ? (groups.pop() ?? []) : [];
    const [first = [], ...others] = partLines(part, pen);
    groups.push([...above, ...first], ...others);
  }
  return groups.filter((lines) => lines.length > 0);
}

function partLines(part: Part, pen: Pen): readonly Lines[] {
  const { paint, width } = pen;
  if (part.kind === 'picture') return [];
  if (part.kind === 'section') {
    const [first, ...others] = partGroups(part.parts, pen);
    const title = part.shape === 'detail' ? [] : wrap(printableProse(part.title), width).map(paint.bold);
    // A fix stands apart from the title of its finding.
    if (part.id.startsWith('finding-')) return [title, first ?? [], ...others];
    return [[...title, ...(first ?? [])], ...others];
  }
  if (part.kind === 'quotes') return [quoteLines(part, pen)];
  if (part.kind === 'table') return [tableLines(part, pen)];
  if (part.kind === 'steps') return [stepLines(part, pen)];
  if (part.kind === 'code') {
    const label = part.label === undefined ? [] : [paint.bold(part.label)];
    return [[...label, ...part.lines.map((line) => `${INDENT}${printable(line)}`)]];
  }
  if (part.kind === 'list') {
    const label = part.label === undefined ? [] : [paint.bold(part.label)];
    return [[...label, ...part.items.flatMap((item) => itemLines(item, part.marked === true, pen))]];
  }
  const { text, label, grade, tone } = part;
  const shown = printableProse(tone === 'warning' ? `Note: ${text}` : text);
  if (label === undefined) {
    const style = tone === 'strong' ? paint.bold : tone === 'muted' ? paint.dim : (line: string) => line;
    return [wrap(shown, width, INDENT).map(style)];
  }
  return [[`${paint.bold(label)}${grade === undefined ? '' : ` (${grade})`}`, ...wrap(shown, width, INDENT)]];
}

/** An address is never broken, so that it can be clicked. */
function itemLines({ text, url }: ListItem, isMarked: boolean, { width, paint }: Pen): Lines {
  const shown = printableProse(text);
  if (url !== undefined) {
    const line = `${INDENT}${shown}: ${printableProse(url)}`;
    if (line.length <= width) return [paint.dim(line)];
    return [...wrap(`${shown}:`, width, INDENT), `${INDENT}  ${printableProse(url)}`].map(paint.dim);
  }
  const [first = '', ...more] = wrap(shown, width - 2, INDENT);
  return [isMarked ? first : `- ${first.slice(INDENT.length)}`, ...more];
}

function quoteLines({ quotes, words }: Quotes, { paint }: Pen): Lines {
  return bySource(quotes).flatMap(({ source, lines }) => {
    const digits = String(lines.at(-1)?.line ?? 0).length;
    return [
      `${INDENT}${printable(source)}`,
      ...lines.map(({ line, text }) => {
        const at = paint.dim(`line ${String(line).padStart(digits)} |`);
        return `${INDENT}  ${at} ${quotedLine(text, QUOTE_LIMIT, words)}`;
      }),
    ];
  });
}

const MAX_NAME = 44;
const STATE_PAINTS = {
  bad: 'bad',
  good: 'good',
  unsure: 'unsure',
  unused: 'dim',
} as const satisfies Record<NonNullable<TableRow['state']>, keyof Paint>;

/** Columns two blanks apart, without their titles; the name and the last cell are cut to the room there is. */
function tableLines({ rows }: Table, { width, paint }: Pen): Lines {
  const shown = rows.map((row) => ({ ...row, cells: row.cells.map(printableProse) }));
  const widths: number[] = [];
  for (const { cells } of shown) {
    for (const [column, cell] of cells.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(cell));
    }
  }
  const [name = 0, ...others] = widths;
  const columns = [Math.min(MAX_NAME, name), ...others];
  return shown.map(({ cells, mark, state, more = '' }) => {
    const before = cells
      .slice(0, -1)
      .map((cell, column) => `${padToWidth(cutToWidth(cell, columns[column] ?? 0), columns[column] ?? 0)}  `)
      .join('');
    const sign = mark === undefined ? '' : state === undefined ? mark : paint[STATE_PAINTS[state]](mark);
    const room = width - INDENT.length - textWidth(before) - more.length;
    const last = cutToWidth(cells.at(-1) ?? '', Math.max(20, room));
    return `${padToWidth(sign, mark === undefined ? INDENT.length : sign.length + 1)}${before}${last}${more}`.trimEnd();
  });
}

/** The first broken step is in capitals, so that it is visible without colour. */
function stepLines({ hops, firstBrokenHop }: Steps, { width, paint }: Pen): Lines {
  const steps = hops.map(({ id, status }) => {
    const name = WORDING.hops[id];
    return `${id === firstBrokenHop ? name.toUpperCase() : name} ${WORDING.hopMarks[status]}`;
  });
  const broken = steps[hops.findIndex(({ id }) => id === firstBrokenHop)] ?? '';
  // Keeps a step and its mark on one line.
  const unbroken = steps.map((step) => step.replaceAll(' ', '\u00a0')).join(ARROW);
  return wrap(unbroken, width - 2).map(
    (line) => `${INDENT}${line.replace(broken, (found) => found && paint.bold(paint.bad(found)))}`,
  );
}

/** No line break between a number and its unit: `80 s`. */
const UNIT = /(?<=\d) (?=(?:s|ms|h|min|MB|KB)\b)/g;

/** A command in prose stays on one line, so that it can be copied: `ftm-check analyze debug.log more.txt`. */
const COMMAND = /`[^`]+`/g;

/** Lines of at most `width` columns if the words allow it; each begins with `indent`. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  const kept = text
    .replaceAll(UNIT, '\u00a0')
    .replaceAll(COMMAND, (command) => (command.length > room ? command : command.replaceAll(' ', '\u00a0')));
  for (const unit of kept.split(/ +/)) {
    const word = unit.replaceAll('\u00a0', ' ');
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, indent + line];
}
