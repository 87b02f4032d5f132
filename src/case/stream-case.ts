import { buildDiagnosis, type CaseFocus } from '../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { createEvidenceCollector } from './evidence-collector.ts';
import { createRedactingReader, type RedactingReader } from './redacting-reader.ts';
import { createSectionStream } from './section-stream.ts';

/** A case whose raw texts arrive in chunks; only relevant parts are kept. */
export interface CaseStream {
  readonly add: RedactingReader['add'];
  finish(): Diagnosis;
}

/**
 * Gives the same diagnosis as `diagnoseCase(redactCase(…))`, with memory that does not grow with the text. `seen` is
 * text known in advance.
 */
export function createCase(focus: CaseFocus = {}, seen: readonly string[] = []): CaseStream {
  const evidence = createEvidenceCollector();
  const reader = createRedactingReader(
    (name) => createSectionStream(name, evidence.open(name), evidence.lineMap()),
    seen,
  );
  return {
    add: reader.add,
    finish() {
      const receipt = reader.finish();
      return buildDiagnosis(evidence.finish(), receipt, focus);
    },
  };
}
