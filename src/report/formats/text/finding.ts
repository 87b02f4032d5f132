import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { allNeededText, alsoFoundTitle, titleBeside } from '../../documents/answer/finding-texts.ts';
import type { FoldedFinding } from '../../documents/answer/folded-findings.ts';
import { printable, printableProse } from '../../documents/printable.ts';
import { bySource, decisiveWords, quotedLine } from '../../documents/quotes.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { wrap } from './layout.ts';
import type { Pen } from './paint.ts';

const INDENT = '  ';
const QUOTE_LIMIT = 400;

/** Parts of a finding, separated by blank lines: fix, cause with evidence, undo, verify, docs. */
export function findingParts(
  folded: FoldedFinding,
  index: number,
  diagnosis: Diagnosis,
  pen: Pen,
): readonly (readonly string[])[] {
  const { finding, alsoFixes } = folded;
  const title =
    index === 0 ? titleBeside(diagnosis.headline, finding) : alsoFoundTitle(folded, index + 1, diagnosis);
  const more = index === 0 ? allNeededText(diagnosis) : '';
  const { undo, verify } = finding.fix;
  return [
    wrap(title, pen.width).map(pen.paint.bold),
    fixLines(finding.fix, pen),
    wrap(more, pen.width - INDENT.length, INDENT),
    [
      ...causeLines(finding, pen),
      ...alsoFixes.flatMap((each) => alsoLines(each, pen)),
      ...evidenceLines(finding, pen),
    ],
    codeLines('Undo', undo, pen),
    codeLines('Verify', verify, pen),
    referenceLines(finding, pen),
  ];
}

function causeLines({ confidence, summary }: Finding, { width, paint }: Pen): readonly string[] {
  return [
    `${paint.bold('Cause')} (${ENGLISH_WORDING.confidence[confidence]})`,
    ...wrap(printableProse(summary), width, INDENT),
  ];
}

function alsoLines({ title }: Finding, { width }: Pen): readonly string[] {
  return wrap(`The same fix also solves: ${printableProse(title)}`, width, INDENT);
}

function evidenceLines(finding: Finding, { paint }: Pen): readonly string[] {
  const words = decisiveWords(finding);
  return bySource(finding.evidence).flatMap(({ source, lines }) => {
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

function fixLines({ apply, note }: Finding['fix'], pen: Pen): readonly string[] {
  const { width, paint } = pen;
  if (apply.length === 0) {
    if (note === undefined) return [];
    return [paint.bold('What to do'), ...wrap(printableProse(note), width, INDENT)];
  }
  return [
    ...codeLines('Fix', apply, pen),
    ...(note === undefined ? [] : ['', ...wrap(`Note: ${printableProse(note)}`, width, INDENT)]),
  ];
}

function codeLines(name: string, lines: readonly string[], { paint }: Pen): readonly string[] {
  return lines.length === 0 ? [] : [paint.bold(name), ...lines.map((line) => `${INDENT}${printable(line)}`)];
}

/** Title and address on one line if both fit; an address is never broken, so that it can be clicked. */
function referenceLines({ references }: Finding, { width, paint }: Pen): readonly string[] {
  if (references.length === 0) return [];
  const links = references.flatMap(({ title, url }) => {
    const line = `${INDENT}${printableProse(title)}: ${printableProse(url)}`;
    if (line.length <= width) return [line];
    return [...wrap(`${printableProse(title)}:`, width, INDENT), `${INDENT}  ${printableProse(url)}`];
  });
  return [paint.bold('Docs'), ...links.map(paint.dim)];
}
