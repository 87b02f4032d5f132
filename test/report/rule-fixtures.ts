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

export function diagnoseFixture(name: string): DiagnosedFixture {
  const redacted = redact([{ name, text: readFixture(name) }]);
  return { name, diagnosis: diagnose(redacted), evidence: redacted.items };
}
