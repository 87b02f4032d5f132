import type { Finding } from '../../diagnosis/diagnosis.ts';
import { type FoldedFinding, titleUnder } from '../folded-findings.ts';
import { printable, printableProse } from '../printable.ts';
import { bySource, decisiveWords, quotedLine } from '../quotes.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { wrap } from './layout.ts';
import type { Pen } from './paint.ts';

const INDENT = '   ';
const QUOTE_LIMIT = 400;

export function findingLines(
  { finding, alsoFixes }: FoldedFinding,
  number: number,
  headline: string,
  pen: Pen,
): readonly string[] {
  const { width, paint } = pen;
  const grade = `${ENGLISH_WORDING.confidence[finding.confidence]}, ${ENGLISH_WORDING.severity[finding.severity]}`;
  const title = wrap(`${number}. ${titleUnder(headline, finding)} · ${grade}`, width, INDENT);
  return [
    ...title.map((line, index) => paint.bold(index === 0 ? line.slice(INDENT.length) : line)),
    ...wrap(printableProse(finding.summary), width, INDENT),
    ...alsoFixes.flatMap((each) =>
      wrap(`Goes away with the same fix: ${printableProse(each.title)}`, width, INDENT),
    ),
    ...evidenceLines(finding, pen),
    ...fixLines(finding.fix, pen),
    ...referenceLines(finding, pen),
  ];
}

function evidenceLines(finding: Finding, { paint }: Pen): readonly string[] {
  const words = decisiveWords(finding);
  return bySource(finding.evidence).flatMap(({ source, lines }) => {
    const digits = String(lines.at(-1)?.line ?? 0).length;
    return [
      '',
      `${INDENT}${paint.bold('Evidence')}  ${printable(source)}`,
      ...lines.map(({ line, text }) => {
        const at = paint.dim(`line ${String(line).padStart(digits)} |`);
        return `${INDENT}  ${at} ${quotedLine(text, QUOTE_LIMIT, words)}`;
      }),
    ];
  });
}

function fixLines(fix: Finding['fix'], { width, paint }: Pen): readonly string[] {
  const note =
    fix.note === undefined
      ? []
      : [
          '',
          ...wrap(`${fix.apply.length === 0 ? 'Fix' : 'Note'}: ${printableProse(fix.note)}`, width, INDENT),
        ];
  const block = (name: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : ['', `${INDENT}${paint.bold(name)}`, ...lines.map((line) => `${INDENT}  ${printable(line)}`)];
  return [
    ...block('Fix: paste this', fix.apply),
    ...note,
    ...block('Undo', fix.undo),
    ...block('Verify', fix.verify),
  ];
}

/** Title and address on one line where both fit; an address is never broken, so that it can be clicked. */
function referenceLines(finding: Finding, { width, paint }: Pen): readonly string[] {
  if (finding.references.length === 0) return [];
  const links = finding.references.flatMap(({ title, url }) => {
    const line = `${INDENT}${printableProse(title)}: ${printableProse(url)}`;
    if (line.length <= width) return [line];
    return [...wrap(`${printableProse(title)}:`, width, INDENT), `${INDENT}  ${printableProse(url)}`];
  });
  return ['', ...links].map(paint.dim);
}
