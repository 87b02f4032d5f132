import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { readFixture } from '../support/rule-fixtures.ts';

export interface DiagnosedFixture {
  readonly name: string;
  readonly diagnosis: Diagnosis;
  readonly evidence: readonly EvidenceItem[];
}

const diagnosed = new Map<string, DiagnosedFixture>();

/** The same text gives the same answer, so that each is diagnosed once for all files of a process. */
export function diagnoseFixture(name: string): DiagnosedFixture {
  const known = diagnosed.get(name);
  if (known !== undefined) return known;
  const redacted = redact([{ name, text: readFixture(name) }]);
  const fixture = { name, diagnosis: diagnose(redacted), evidence: redacted.items };
  diagnosed.set(name, fixture);
  return fixture;
}
