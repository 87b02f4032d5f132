import type { KnownBlock } from '@slack/types';
import type { Finding } from '../../diagnosis/diagnosis.ts';
import { type FoldedFinding, titleUnder } from '../folded-findings.ts';
import { clip, formatNumber, printable, printableProse } from '../printable.ts';
import { bySource } from '../quotes.ts';
import { ENGLISH } from '../wording.ts';
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

/** How much of a finding is shown; what is left out is in the attached report. */
export type Detail = 'whole' | 'fix' | 'apply' | 'summary';

const QUOTES = 4;
const QUOTE_LIMIT = 240;
const SHORT = 500;

export function findingBlock(
  { finding, alsoFixes }: FoldedFinding,
  number: number,
  headline: string,
  detail: Detail,
): KnownBlock {
  const summary = printableProse(finding.summary);
  const shown = detail === 'summary' || detail === 'apply' ? clip(summary, SHORT) : summary;
  return richText([
    paragraph([
      bold(`${number}. ${clip(titleUnder(headline, finding), SHORT)}`),
      plain(` · ${ENGLISH.confidence[finding.confidence]}\n`),
      ...prose(shown),
    ]),
    ...alsoFixes.map((each) =>
      paragraph([italic('Goes away with the same fix: '), ...prose(clip(printableProse(each.title), SHORT))]),
    ),
    ...(detail === 'summary' ? [] : evidenceParts(finding, detail === 'apply' ? 1 : QUOTES)),
    ...fixParts(finding.fix, detail),
    ...(detail === 'whole' ? referenceParts(finding) : []),
  ]);
}

/** True where `whole` leaves nothing out that the report has. */
export function showsAll(finding: Finding): boolean {
  return (
    finding.evidence.length <= QUOTES && finding.evidence.every((quote) => quote.text.length <= QUOTE_LIMIT)
  );
}

function evidenceParts(finding: Finding, most: number): readonly RichTextPart[] {
  return bySource(finding.evidence.slice(0, most)).flatMap(({ source, lines }) => {
    const numbers = lines.map((each) => formatNumber(each.line)).join(', ');
    return [
      paragraph([
        italic('Evidence '),
        code(clip(printable(source), 120)),
        plain(`, line${lines.length === 1 ? '' : 's'} ${numbers}`),
      ]),
      preformatted(lines.map((each) => clip(printable(each.text), QUOTE_LIMIT))),
    ];
  });
}

function fixParts(fix: Finding['fix'], detail: Detail): readonly RichTextPart[] {
  if (detail === 'summary')
    return [paragraph([italic('The evidence and the fix are in the attached report.')])];
  return [
    ...block('Fix', fix.apply),
    ...noteParts(fix),
    ...(detail === 'whole' ? [...block('Undo', fix.undo), ...block('Verify', fix.verify)] : []),
    ...(detail === 'fix' || detail === 'apply'
      ? [paragraph([italic('How to undo and to verify it is in the attached report.')])]
      : []),
  ];
}

/** A note without lines to paste is the fix itself. */
function noteParts({ note, apply }: Finding['fix']): readonly RichTextPart[] {
  if (note === undefined) return [];
  return [paragraph([apply.length === 0 ? italic('Fix: ') : plain('⚠️ '), ...prose(note)])];
}

function block(name: string, lines: readonly string[]): readonly RichTextPart[] {
  return lines.length === 0 ? [] : [paragraph([italic(name)]), preformatted(lines)];
}

function referenceParts({ references }: Finding): readonly RichTextPart[] {
  const links = references.filter(({ url }) => /^https:\/\/\S{1,2000}$/.test(url));
  if (links.length === 0) return [];
  return [
    paragraph([
      italic('Why: '),
      ...links.flatMap(({ title, url }, index) => [
        ...(index === 0 ? [] : [plain(' · ')]),
        { type: 'link' as const, url, text: printableProse(title) || url },
      ]),
    ]),
  ];
}
