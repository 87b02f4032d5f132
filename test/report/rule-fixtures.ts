import { readdirSync, readFileSync } from 'node:fs';
import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';

const FOLDER = new URL('../../src/engine/rules/', import.meta.url);

export interface DiagnosedFixture {
  readonly name: string;
  readonly diagnosis: Diagnosis;
  readonly evidence: readonly EvidenceItem[];
}

export const FIXTURE_NAMES = RULES.flatMap(({ id }) =>
  readdirSync(new URL(`${id}/fixtures/`, FOLDER)).map((file) => `${id}/fixtures/${file}`),
);

export function diagnoseFixture(name: string): DiagnosedFixture {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  const redacted = redact([{ name, text }]);
  return { name, diagnosis: diagnose(redacted), evidence: redacted.items };
}
