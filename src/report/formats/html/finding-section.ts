import type { Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { gradeText } from '../../documents/answer/finding-texts.ts';
import type { FoldedFinding } from '../../documents/answer/folded-findings.ts';
import { printableProse } from '../../documents/printable.ts';
import { decisiveWords } from '../../documents/quotes.ts';
import { copyBlock } from './copy-block.ts';
import { evidenceFigures, type SourceLines } from './evidence-section.ts';
import { element, linkMarkup, type Markup, proseMarkup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

/** `number` is absent if there is only one finding. */
export function findingSection(
  { finding, alsoFixes }: FoldedFinding,
  place: { readonly index: number; readonly number: number | undefined; readonly headline: string },
  linesOf: SourceLines,
  page: SectionPlace,
): Markup {
  const id = page.id(`finding-${place.index + 1}`);
  const heading = page.heading(3);
  return element(
    'section',
    { 'aria-labelledby': id },
    element(page.heading(2), { id }, sectionTitle(finding, place)),
    ...fixParts(finding.fix, { id, heading }),
    element(heading, {}, `Cause (${gradeText(finding)})`),
    element('p', {}, proseMarkup(finding.summary)),
    ...evidenceFigures(finding.evidence, decisiveWords(finding), linesOf),
    ...alsoFixes.map((each) => element('p', {}, 'The same fix also solves: ', proseMarkup(each.title))),
    ...blockPart('Undo', finding.fix.undo, { id: `${id}-undo`, heading }, 'undo'),
    ...blockPart('Verify', finding.fix.verify, { id: `${id}-verify`, heading }, 'verify'),
    ...docsPart(finding, heading),
  );
}

/** A title that repeats the headline is left out. */
function sectionTitle(
  { title, fix }: Finding,
  { number, headline }: { readonly number: number | undefined; readonly headline: string },
): Markup | string {
  if (number !== undefined) return proseMarkup(`${number}. ${title}`);
  if (title !== '' && printableProse(headline).startsWith(printableProse(title))) {
    return fix.apply.length === 0 ? 'What to do' : 'Fix and cause';
  }
  return proseMarkup(title);
}

interface Part {
  readonly id: string;
  /** The element of its heading. */
  readonly heading: string;
}

function fixParts({ apply, note }: Finding['fix'], { id, heading }: Part): readonly Markup[] {
  if (apply.length === 0) {
    return note === undefined
      ? []
      : [element(heading, {}, 'What to do'), element('p', {}, proseMarkup(note))];
  }
  return [
    ...blockPart('Fix', apply, { id: `${id}-fix`, heading }, 'fix'),
    ...(note === undefined ? [] : [element('p', { class: 'note' }, proseMarkup(note))]),
  ];
}

function blockPart(
  title: string,
  lines: readonly string[],
  { id, heading }: Part,
  what: string,
): readonly Markup[] {
  return lines.length === 0 ? [] : [element(heading, {}, title), copyBlock(id, lines, what)];
}

function docsPart({ references }: Finding, heading: string): readonly Markup[] {
  if (references.length === 0) return [];
  return [
    element(heading, {}, 'Docs'),
    element('ul', {}, ...references.map(({ title, url }) => element('li', {}, linkMarkup(title, url)))),
  ];
}
