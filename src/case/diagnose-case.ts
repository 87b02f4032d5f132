import { buildDiagnosis, type CaseFocus } from '../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { linesOf } from '../evidence/lines-of.ts';
import { toSections } from '../evidence/sections.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import type { RedactedCase } from '../redact/types.ts';
import { createEvidenceCollector, type EvidenceCollector } from './evidence-collector.ts';
import { createSectionStream } from './section-stream.ts';

export type { CaseFocus } from '../diagnosis/build-diagnosis.ts';

/** Evidence to diagnosis: the one function every door ends in. Pure; the same case gives the same diagnosis. */
export function diagnoseCase(evidence: RedactedCase, focus: CaseFocus = {}): Diagnosis {
  const taken = createEvidenceCollector();
  for (const item of evidence.items) takeItem(taken, item);
  return buildDiagnosis(taken.finish(), evidence.receipt, focus);
}

function takeItem(evidence: EvidenceCollector, item: EvidenceItem): void {
  const take = evidence.open(item.name);
  if (item.command !== undefined) {
    take(toSections(item));
    return;
  }
  const intake = createSectionStream(item.name, take, evidence.lineMap());
  for (const line of linesOf(item.text)) intake.line(line.endsWith('\r') ? line.slice(0, -1) : line);
  intake.end();
}
