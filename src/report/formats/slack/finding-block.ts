import type { KnownBlock } from '@slack/types';
import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { allNeededText, alsoFoundTitle, titleBeside } from '../../documents/answer/finding-texts.ts';
import type { FoldedFinding } from '../../documents/answer/folded-findings.ts';
import {
  clip,
  clipProse,
  formatNumber,
  plural,
  printable,
  printableProse,
} from '../../documents/printable.ts';
import { bySource, decisiveQuote, decisiveWords, quotedLine } from '../../documents/quotes.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { collapsible } from './collapsible.ts';
import {
  bold,
  code,
  italic,
  paragraph,
  plain,
  preformatted,
  prose,
  type RichTextPart,
  richText,
} from './rich-text.ts';

/** How much of a finding is shown; the report has the rest. */
export type Detail = 'whole' | 'fix' | 'apply' | 'summary';

const MAX_QUOTES = 8;
const QUOTE_LIMIT = 240;
const INLINE_QUOTE_LIMIT = 120;
const MAX_SUMMARY_LENGTH = 500;
const MAX_ALSO_FIXED = 5;

/** The first finding: fix, then cause; details for after the fix are collapsed. */
export function firstFindingBlocks(
  { finding, alsoFixes }: FoldedFinding,
  diagnosis: Diagnosis,
  detail: Detail,
): readonly KnownBlock[] {
  const title = titleBeside(diagnosis.headline, finding).replaceAll('`', '');
  const more = allNeededText(diagnosis);
  const details = detailParts(finding, detail);
  const toDo = [
    ...(title === '' ? [] : [paragraph([bold(clip(title, MAX_SUMMARY_LENGTH))])]),
    ...fixParts(finding.fix, detail),
    ...(more === '' ? [] : [paragraph([italic(more)])]),
  ];
  return [
    ...(toDo.length === 0 ? [] : [richText(toDo)]),
    richText([...causeParts(finding, diagnosis, detail), ...alsoFixedParts(alsoFixes, detail)]),
    ...(details.length === 0 ? [] : [collapsible(detailTitle(finding), details)]),
  ];
}

/** A further finding, collapsed. */
export function furtherFindingBlock(
  folded: FoldedFinding,
  number: number,
  diagnosis: Diagnosis,
  detail: Detail,
): KnownBlock {
  const { finding, alsoFixes } = folded;
  return collapsible(alsoFoundTitle(folded, number, diagnosis).replaceAll('`', ''), [
    ...fixParts(finding.fix, detail),
    ...causeParts(finding, diagnosis, detail),
    ...alsoFixedParts(alsoFixes, detail),
    ...detailParts(finding, detail),
  ]);
}

function fixParts({ apply, note }: Finding['fix'], detail: Detail): readonly RichTextPart[] {
  if (detail === 'summary') return [paragraph([italic('The fix and the evidence are in the report.')])];
  if (apply.length === 0) {
    return note === undefined ? [] : [paragraph([bold('What to do'), plain('\n'), ...prose(note)])];
  }
  return [
    paragraph([bold('Fix')]),
    preformatted(apply),
    ...(note === undefined ? [] : [paragraph([plain('⚠️ '), ...prose(note)])]),
  ];
}

function causeParts(finding: Finding, { sources }: Diagnosis, detail: Detail): readonly RichTextPart[] {
  const isShort = detail === 'summary' || detail === 'apply';
  const whole = printableProse(finding.summary);
  const summary = isShort ? clipProse(whole, MAX_SUMMARY_LENGTH) : whole;
  const quote = detail === 'summary' ? undefined : decisiveQuote(finding);
  const place =
    quote &&
    (sources.length === 1
      ? `Line ${formatNumber(quote.line)}: `
      : `${clip(printable(quote.source), MAX_SOURCE)}, line ${formatNumber(quote.line)}: `);
  return [
    paragraph([
      bold('Cause'),
      plain(` (${ENGLISH_WORDING.confidence[finding.confidence]}) `),
      ...prose(summary),
      ...(quote && place
        ? [
            plain(` ${place}`),
            code(quotedLine(quote.text.trim(), INLINE_QUOTE_LIMIT, decisiveWords(finding))),
          ]
        : []),
    ]),
  ];
}

const MAX_SOURCE = 120;

function alsoFixedParts(also: readonly Finding[], detail: Detail): readonly RichTextPart[] {
  const max = detail === 'whole' ? also.length : MAX_ALSO_FIXED;
  const rest = also.length - max;
  return [
    ...also
      .slice(0, max)
      .map((each) =>
        paragraph([
          italic('The same fix also solves: '),
          ...prose(clipProse(printableProse(each.title), MAX_SUMMARY_LENGTH)),
        ]),
      ),
    ...(rest > 0 ? [paragraph([italic(`And ${plural(rest, 'more finding')}, listed in the report.`)])] : []),
  ];
}

/** What the reader needs after the fix, and the remaining evidence. */
function detailParts(finding: Finding, detail: Detail): readonly RichTextPart[] {
  if (detail !== 'whole') return [];
  const { undo, verify } = finding.fix;
  return [
    ...(hasMoreEvidence(finding) ? evidenceParts(finding) : []),
    ...block('Undo', undo),
    ...block('Verify', verify),
    ...referenceParts(finding),
  ];
}

function detailTitle(finding: Finding): string {
  const { undo, verify } = finding.fix;
  return [
    hasMoreEvidence(finding) ? 'Evidence' : '',
    undo.length > 0 ? 'Undo' : '',
    verify.length > 0 ? 'Verify' : '',
    links(finding).length > 0 ? 'Docs' : '',
  ]
    .filter((word) => word !== '')
    .join(' · ');
}

/** One line is quoted with the cause. */
function hasMoreEvidence({ evidence }: Finding): boolean {
  return evidence.length > 1;
}

/** Whether `whole` shows everything that the report has. */
export function showsAll({ evidence }: Finding): boolean {
  return evidence.length <= MAX_QUOTES && evidence.every((quote) => quote.text.length <= INLINE_QUOTE_LIMIT);
}

function evidenceParts(finding: Finding): readonly RichTextPart[] {
  const words = decisiveWords(finding);
  return bySource(finding.evidence.slice(0, MAX_QUOTES)).flatMap(({ source, lines }) => {
    const numbers = lines.map((each) => formatNumber(each.line)).join(', ');
    return [
      paragraph([
        italic('Evidence '),
        code(clip(printable(source), MAX_SOURCE)),
        plain(`, line${lines.length === 1 ? '' : 's'} ${numbers}`),
      ]),
      preformatted(lines.map((each) => quotedLine(each.text, QUOTE_LIMIT, words))),
    ];
  });
}

function block(name: string, lines: readonly string[]): readonly RichTextPart[] {
  return lines.length === 0 ? [] : [paragraph([italic(name)]), preformatted(lines)];
}

function links({ references }: Finding): Finding['references'] {
  return references.filter(({ url }) => /^https:\/\/\S{1,2000}$/.test(url));
}

function referenceParts(finding: Finding): readonly RichTextPart[] {
  const shown = links(finding);
  if (shown.length === 0) return [];
  return [
    paragraph([
      italic('Docs: '),
      ...shown.flatMap(({ title, url }, index) => [
        ...(index === 0 ? [] : [plain(' · ')]),
        { type: 'link' as const, url, text: printableProse(title) || url },
      ]),
    ]),
  ];
}
