import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import { allNeededText } from '../../documents/answer/finding-texts.ts';
import { foldFindings } from '../../documents/answer/folded-findings.ts';
import { liveLine } from '../../documents/answer/live-line.ts';
import { checksSection } from './checks-section.ts';
import { copyBlock } from './copy-block.ts';
import { evidenceFigures, type SourceLines } from './evidence-section.ts';
import { findingSection } from './finding-section.ts';
import { element, type Markup, proseMarkup } from './markup.ts';
import { nextStepsSection, notCheckedSection } from './next-steps-section.ts';
import { loginsSection, stepsSection } from './path-sections.ts';
import type { SectionPlace } from './section-place.ts';

/** Everything below the headline; `evidence` is redacted, for the lines around quotes. */
export function diagnosisSections(
  diagnosis: Diagnosis,
  evidence: readonly EvidenceItem[],
  place: SectionPlace,
): readonly Markup[] {
  const linesOf = sourceLines(evidence);
  if (diagnosis.looksLike) {
    const { send, evidence: quotes } = diagnosis.looksLike;
    return [element('p', {}, proseMarkup(send)), ...evidenceFigures(quotes, [], linesOf)];
  }
  const findings = foldFindings(diagnosis.findings);
  const unsure = diagnosis.verdict === 'inconclusive';
  const all = allNeededText(diagnosis);
  return [
    ...liveParts(diagnosis.live, place),
    ...(all === '' ? [] : [element('p', {}, element('strong', {}, all))]),
    ...(unsure && findings.length === 0 ? nextStepsSection(diagnosis, place) : []),
    ...findings.map((each, index) =>
      findingSection(
        each,
        { index, number: findings.length > 1 ? index + 1 : undefined, headline: diagnosis.headline },
        linesOf,
        place,
      ),
    ),
    stepsSection(diagnosis, linesOf, place),
    ...loginsSection(diagnosis, place),
    ...(unsure && findings.length === 0 ? [] : nextStepsSection(diagnosis, place)),
    ...notCheckedSection(diagnosis, place),
    ...checksSection(diagnosis, place),
  ];
}

function liveParts(live: Diagnosis['live'], place: SectionPlace): readonly Markup[] {
  const text = liveLine(live);
  if (text === '') return [];
  return [
    element('p', {}, proseMarkup(text)),
    ...(live?.state === 'left-on' ? [copyBlock(place.id('debug-off'), live.commands, 'debug off')] : []),
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
