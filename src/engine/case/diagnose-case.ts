import { buildDiagnosis, type CaseFocus } from '../diagnosis/build-diagnosis.ts';
import type { CaseEvidence } from '../diagnosis/case-evidence.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { linesOf } from '../evidence/lines-of.ts';
import { sectionsOfLines, withoutCr } from '../evidence/sections.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { RedactedCase } from '../redact/types.ts';
import { createEvidenceCollector, type EvidenceCollector } from './evidence-collector.ts';
import { createSectionStream } from './section-stream.ts';

export type { CaseFocus } from '../diagnosis/build-diagnosis.ts';

/** Diagnoses the evidence of a case with all rules. Pure and deterministic. */
export function diagnoseCase(redacted: RedactedCase, focus: CaseFocus = {}): Diagnosis {
  return readCase(redacted, focus).diagnosis;
}

export interface ReadCase {
  readonly evidence: CaseEvidence;
  readonly diagnosis: Diagnosis;
}

/**
 * The same diagnosis, together with what it was made from. `linesIn` reads the lines of an item whose text is stored
 * elsewhere.
 */
export function readCase(
  redacted: RedactedCase,
  focus: CaseFocus,
  linesIn: (item: EvidenceItem) => Iterable<string> = ({ text }) => linesOf(text),
): ReadCase {
  const evidence = collectEvidence(redacted, linesIn);
  return { evidence, diagnosis: buildDiagnosis(evidence, redacted.receipt, focus) };
}

function collectEvidence(
  { items }: RedactedCase,
  linesIn: (item: EvidenceItem) => Iterable<string>,
): CaseEvidence {
  const taken = createEvidenceCollector();
  for (const item of items) takeItem(taken, item, linesIn(item));
  return taken.finish();
}

function takeItem(evidence: EvidenceCollector, item: EvidenceItem, lines: Iterable<string>): void {
  const take = evidence.open(item.name);
  if (item.command !== undefined) {
    take(sectionsOfLines(item, lines));
    return;
  }
  const intake = createSectionStream(item.name, take, evidence.lineMap());
  for (const line of lines) intake.line(withoutCr(line));
  intake.end();
}
