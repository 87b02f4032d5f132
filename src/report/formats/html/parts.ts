import type { Finding } from '../../../engine/diagnosis/diagnosis.ts';
import type { Decisive } from '../../../engine/evidence/cut-around.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import type {
  Code,
  List,
  Part,
  PicturePart,
  Prose,
  SectionPart,
  Steps,
  Table,
  TableRow,
} from '../../documents/document.ts';
import { printable, printableProse } from '../../documents/printable.ts';
import { bySource, markDecisive, quotedLine } from '../../documents/quotes.ts';
import { WORDING } from '../../documents/wording.ts';
import { type Drawing, svg } from '../../picture/drawing.ts';
import { stepsAcross, stepsDown } from '../../picture/steps-picture.ts';
import { copyBlock } from './copy-block.ts';
import { element, joinMarkup, linkMarkup, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

const WIDE = 760;
const NARROW = 380;

/** Draws a picture; `width` is a wish. Undefined if there is nothing to draw. */
export type DrawPicture = (name: PicturePart['name'], width: number) => Drawing | undefined;

/** What parts are made of besides their texts. */
export interface Material {
  readonly draw?: DrawPicture;
  /** Redacted, for the lines around quotes. */
  readonly evidence?: readonly EvidenceItem[];
}

/** Where the parts stand, and what they are made of. */
interface Surroundings {
  readonly draw: DrawPicture;
  readonly linesOf: SourceLines;
  readonly place: SectionPlace;
  /** `id` of the section, which begins the ids inside it. */
  readonly id: string;
  readonly level: 2 | 3;
}

/** The parts of a document below its headline. */
export function partsMarkup(
  parts: readonly Part[],
  place: SectionPlace,
  { draw = () => undefined, evidence = [] }: Material = {},
): readonly Markup[] {
  return partsInside(parts, { draw, linesOf: sourceLines(evidence), place, id: 'answer', level: 2 });
}

function partsInside(parts: readonly Part[], around: Surroundings): readonly Markup[] {
  return parts.flatMap((part, index) => partMarkup(part, index, around));
}

function partMarkup(part: Part, index: number, around: Surroundings): readonly Markup[] {
  if (part.kind === 'section') return sectionMarkup(part, around);
  if (part.kind === 'prose') return proseParts(part, around);
  if (part.kind === 'code') return codeParts(part, index, around);
  if (part.kind === 'list') return listParts(part, around);
  if (part.kind === 'quotes') return evidenceFigures(part.quotes, part.words, around.linesOf);
  if (part.kind === 'table') return tableParts(part, around);
  if (part.kind === 'steps') return stepParts(part, around);
  return pictureParts(part, around);
}

function sectionMarkup({ id, title, shape, parts }: SectionPart, around: Surroundings): readonly Markup[] {
  const { place } = around;
  const isTitled = title !== '' && (shape === 'open' || shape === 'fold');
  if (!isTitled) return partsInside(parts, { ...around, id });
  const heading = element(
    place.heading(2),
    { id: place.id(id) },
    proseMarkup(printableProse(title).replaceAll('`', '')),
  );
  const inside = partsInside(parts, { ...around, id, level: 3 });
  return [element('section', { 'aria-labelledby': place.id(id), class: shape }, heading, ...inside)];
}

function label({ place, level }: Surroundings, text: string): Markup {
  return element(place.heading(level), text);
}

function proseParts({ text, label: name, grade, tone }: Prose, around: Surroundings): readonly Markup[] {
  const shown = proseMarkup(text);
  const classes = { strong: undefined, warning: 'note', muted: 'muted', minor: 'muted' } as const;
  const paragraph = element(
    'p',
    { class: tone && classes[tone] },
    tone === 'strong' ? element('strong', shown) : shown,
  );
  if (name === undefined) return [paragraph];
  return [label(around, grade === undefined ? name : `${name} (${grade})`), paragraph];
}

function codeParts({ label: name, lines, what }: Code, index: number, around: Surroundings) {
  const id = around.place.id(`${around.id}-${what.replaceAll(' ', '-')}-${index}`);
  return [...(name === undefined ? [] : [label(around, name)]), copyBlock(id, lines, what)];
}

function listParts({ label: name, items, marked }: List, around: Surroundings): readonly Markup[] {
  return [
    ...(name === undefined ? [] : [label(around, name)]),
    element(
      'ul',
      { class: marked ? 'marked' : undefined },
      ...items.map(({ text, url }) =>
        element('li', url === undefined ? proseMarkup(text) : linkMarkup(text, url)),
      ),
    ),
  ];
}

/** The steps as a picture, with their evidence. */
function stepParts({ hops }: Steps, { place, linesOf }: Surroundings): readonly Markup[] {
  const shown = hops.filter(({ evidence }) => evidence.length > 0);
  return [
    element('div', { class: 'steps-across' }, svg(stepsAcross(hops), place.id('steps-across'))),
    element('div', { class: 'steps-down' }, svg(stepsDown(hops), place.id('steps-down'))),
    ...(shown.length === 0
      ? []
      : [
          element(
            'details',
            element('summary', 'Evidence of each step'),
            ...shown.flatMap(({ id, status, evidence }) => [
              element(place.heading(3), `${WORDING.hops[id]}: ${WORDING.hopWords[status]}`),
              ...evidenceFigures(evidence, [], linesOf),
            ]),
          ),
        ]),
  ];
}

function pictureParts({ name }: PicturePart, { draw, place }: Surroundings): readonly Markup[] {
  const wide = draw(name, WIDE);
  const narrow = draw(name, NARROW);
  if (!wide || !narrow) return [];
  return [
    ...(name === 'time' ? [element(place.heading(2), 'Times')] : []),
    element('div', { class: 'time-wide' }, svg(wide, place.id(`${name}-wide`))),
    element('div', { class: 'time-narrow' }, svg(narrow, place.id(`${name}-narrow`))),
  ];
}

const STATE_CLASSES = {
  bad: 'v-broken',
  good: 'v-healthy',
  unsure: 'v-unknown',
  unused: 'v-not-applicable',
} as const satisfies Record<NonNullable<TableRow['state']>, string>;

function tableParts({ caption, titles, rows }: Table, { place }: Surroundings): readonly Markup[] {
  const head = titles.map((title) => element('th', { scope: 'col' }, title));
  const body = rows.map(({ cells: [name = '', ...cells], state, more, section }) => {
    const shown = proseMarkup(name);
    const attributes = { class: state && STATE_CLASSES[state] };
    return element(
      'tr',
      element(
        'th',
        { scope: 'row' },
        section === undefined ? shown : element('a', { href: `#${place.id(section)}` }, shown),
      ),
      ...cells.map((cell, index) =>
        element(
          'td',
          index === 0 ? attributes : {},
          proseMarkup(cell),
          index === cells.length - 1 ? more : undefined,
        ),
      ),
    );
  });
  return [
    element(
      'table',
      element('caption', caption),
      element('thead', element('tr', ...head)),
      element('tbody', ...body),
    ),
  ];
}

function sourceLines(evidence: readonly EvidenceItem[]): SourceLines {
  const texts = new Map(evidence.map(({ name, text }) => [name, text]));
  const split = new Map<string, readonly string[]>();
  return (source) => {
    const text = texts.get(source);
    if (text === undefined) return undefined;
    const lines = split.get(source) ?? text.split(/\r?\n/);
    split.set(source, lines);
    return lines;
  };
}

type Quote = Finding['evidence'][number];

/** The lines of an evidence text by name; `undefined` if it is not available. */
type SourceLines = (source: string) => readonly string[] | undefined;

const QUOTE_LIMIT = 1000;
/** Lines shown before and after a quoted one. */
const CONTEXT = 2;

function evidenceFigures(
  evidence: readonly Quote[],
  words: readonly Decisive[],
  linesOf: SourceLines,
): readonly Markup[] {
  return bySource(evidence).map(({ source, lines }) =>
    element(
      'figure',
      element('figcaption', printable(source)),
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
      joinMarkup(parts.map((part) => (part.decisive ? element('mark', part.text) : part.text))),
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
