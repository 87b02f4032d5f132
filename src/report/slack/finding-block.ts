import type { KnownBlock } from '@slack/types';
import type { Finding } from '../../diagnosis/diagnosis.ts';
import { type FoldedFinding, titleUnder } from '../folded-findings.ts';
import { clip, formatNumber, plural, printable, printableProse } from '../printable.ts';
import { bySource, decisiveWords, quotedLine } from '../quotes.ts';
import { ENGLISH_WORDING } from '../wording.ts';
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

/** How much of a finding is shown; what is left out is in the attached report. */
export type Detail = 'whole' | 'fix' | 'apply' | 'summary';

const QUOTES = 4;
const QUOTE_LIMIT = 240;
const MAX_SUMMARY_LENGTH = 500;

/** The first finding stands open, but for what comes after the fix; of the others only the titles do. */
export function findingBlocks(
  folded: FoldedFinding,
  number: number,
  headline: string,
  detail: Detail,
): readonly KnownBlock[] {
  const { finding } = folded;
  const title = `${number}. ${clip(titleUnder(headline, finding), MAX_SUMMARY_LENGTH)}`;
  const sure = ENGLISH_WORDING.confidence[finding.confidence];
  const summary = prose(summaryOf(finding, detail));
  if (number > 1) {
    const parts = [paragraph(summary), ...bodyParts(folded, detail), ...afterParts(finding, detail)];
    return [collapsible(`${title} · ${sure}`, parts)];
  }
  const after = afterParts(finding, detail);
  return [
    richText([paragraph([bold(title), plain(` · ${sure}\n`), ...summary]), ...bodyParts(folded, detail)]),
    ...(after.length === 0 ? [] : [collapsible(afterTitle(finding), after)]),
  ];
}

function summaryOf({ summary }: Finding, detail: Detail): string {
  const text = printableProse(summary) || 'No more is known about it.';
  return detail === 'summary' || detail === 'apply' ? clip(text, MAX_SUMMARY_LENGTH) : text;
}

function bodyParts({ finding, alsoFixes }: FoldedFinding, detail: Detail): readonly RichTextPart[] {
  return [
    ...alsoParts(alsoFixes, detail),
    ...(detail === 'summary' ? [] : evidenceParts(finding, detail === 'apply' ? 1 : QUOTES)),
    ...fixParts(finding.fix, detail),
  ];
}

const ALSO = 5;

function alsoParts(also: readonly Finding[], detail: Detail): readonly RichTextPart[] {
  const most = detail === 'whole' ? also.length : ALSO;
  const rest = also.length - most;
  return [
    ...also
      .slice(0, most)
      .map((each) =>
        paragraph([
          italic('Goes away with the same fix: '),
          ...prose(clip(printableProse(each.title), MAX_SUMMARY_LENGTH)),
        ]),
      ),
    ...(rest > 0
      ? [paragraph([italic(`So do ${plural(rest, 'more finding')}, in the attached report.`)])]
      : []),
  ];
}

/** What somebody wants once the fix is in. */
function afterParts(finding: Finding, detail: Detail): readonly RichTextPart[] {
  if (detail !== 'whole') return [];
  const { undo, verify } = finding.fix;
  return [...block('Undo', undo), ...block('Verify', verify), ...referenceParts(finding)];
}

function afterTitle({ fix, references }: Finding): string {
  return [
    fix.undo.length > 0 ? 'Undo' : '',
    fix.verify.length > 0 ? 'Verify' : '',
    references.length > 0 ? 'Why' : '',
  ]
    .filter((word) => word !== '')
    .join(' · ');
}

/** True where `whole` leaves nothing out that the report has. */
export function showsAll(finding: Finding): boolean {
  return (
    finding.evidence.length <= QUOTES && finding.evidence.every((quote) => quote.text.length <= QUOTE_LIMIT)
  );
}

function evidenceParts(finding: Finding, most: number): readonly RichTextPart[] {
  const words = decisiveWords(finding);
  return bySource(finding.evidence.slice(0, most)).flatMap(({ source, lines }) => {
    const numbers = lines.map((each) => formatNumber(each.line)).join(', ');
    return [
      paragraph([
        italic('Evidence '),
        code(clip(printable(source), 120)),
        plain(`, line${lines.length === 1 ? '' : 's'} ${numbers}`),
      ]),
      preformatted(lines.map((each) => quotedLine(each.text, QUOTE_LIMIT, words))),
    ];
  });
}

function fixParts(fix: Finding['fix'], detail: Detail): readonly RichTextPart[] {
  if (detail === 'summary')
    return [paragraph([italic('The evidence and the fix are in the attached report.')])];
  return [
    ...block('Fix', fix.apply),
    ...noteParts(fix),
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
