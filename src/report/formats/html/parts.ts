import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { neededHops } from '../../documents/answer/login-path.ts';
import type { Code, List, Part, Prose, SectionPart } from '../../documents/document.ts';
import { printableProse } from '../../documents/printable.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { svg } from '../../picture/drawing.ts';
import { loginsPicture } from '../../picture/logins-picture.ts';
import { stepsAcross, stepsDown } from '../../picture/steps-picture.ts';
import { copyBlock } from './copy-block.ts';
import { evidenceFigures, type SourceLines } from './evidence-section.ts';
import { element, linkMarkup, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

const WIDE = 760;
const NARROW = 380;

/** Where the parts stand, and what they are drawn from. */
interface Surroundings {
  readonly diagnosis: Diagnosis;
  readonly linesOf: SourceLines;
  readonly place: SectionPlace;
  /** `id` of the section, which begins the ids inside it. */
  readonly id: string;
  /** Level of the headings of its parts. */
  readonly level: 2 | 3;
}

/** The parts of an answer below its headline; `evidence` is redacted, for the lines around quotes. */
export function partsMarkup(
  parts: readonly Part[],
  diagnosis: Diagnosis,
  evidence: readonly EvidenceItem[],
  place: SectionPlace,
): readonly Markup[] {
  return partsInside(parts, { diagnosis, linesOf: sourceLines(evidence), place, id: 'answer', level: 2 });
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
  if (part.kind === 'steps') return stepParts(around);
  return timePictures(around);
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
  return element(place.heading(level), {}, text);
}

function proseParts({ text, label: name, grade, tone }: Prose, around: Surroundings): readonly Markup[] {
  const shown = proseMarkup(text);
  const classes = { strong: undefined, warning: 'note', muted: 'muted', minor: 'muted' } as const;
  const paragraph = element(
    'p',
    { class: tone && classes[tone] },
    tone === 'strong' ? element('strong', {}, shown) : shown,
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
        element('li', {}, url === undefined ? proseMarkup(text) : linkMarkup(text, url)),
      ),
    ),
  ];
}

/** The steps as a picture, with their evidence. */
function stepParts({ diagnosis, place, linesOf }: Surroundings): readonly Markup[] {
  const shown = neededHops(diagnosis).filter(({ evidence }) => evidence.length > 0);
  return [
    element('div', { class: 'steps-across' }, svg(stepsAcross(diagnosis), place.id('steps-across'))),
    element('div', { class: 'steps-down' }, svg(stepsDown(diagnosis), place.id('steps-down'))),
    ...(shown.length === 0
      ? []
      : [
          element(
            'details',
            {},
            element('summary', {}, 'Evidence of each step'),
            ...shown.flatMap(({ id, status, evidence }) => [
              element(
                place.heading(3),
                {},
                `${ENGLISH_WORDING.hops[id]}: ${ENGLISH_WORDING.hopWords[status]}`,
              ),
              ...evidenceFigures(evidence, [], linesOf),
            ]),
          ),
        ]),
  ];
}

function timePictures({ diagnosis, place }: Surroundings): readonly Markup[] {
  const wide = loginsPicture(diagnosis, WIDE);
  const narrow = loginsPicture(diagnosis, NARROW);
  if (!wide || !narrow) return [];
  return [
    element('div', { class: 'time-wide' }, svg(wide, place.id('time-wide'))),
    element('div', { class: 'time-narrow' }, svg(narrow, place.id('time-narrow'))),
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
