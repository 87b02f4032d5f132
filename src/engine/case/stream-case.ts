import { buildDiagnosis, type CaseFocus } from '../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { RedactionReceipt } from '../redact/types.ts';
import { type CaseMessages, createCaseDecoder } from './case-messages.ts';
import { createEvidenceCollector } from './evidence-collector.ts';
import { createRedactingReader, type RedactingReader } from './redacting-reader.ts';
import { createSectionStream, type SectionStream } from './section-stream.ts';

/** A case whose raw texts arrive in chunks; only relevant parts are kept. */
export interface CaseStream {
  readonly add: RedactingReader['add'];
  finish(): Diagnosis;
}

/**
 * Gives the same diagnosis as `diagnoseCase(redactCase(…))`, with memory that does not grow with the text. `seen` is
 * text known in advance; `maxKept` is the limit for text beside a log, for tests.
 */
export function createCase(
  focus: CaseFocus = {},
  seen: readonly string[] = [],
  maxKept?: number,
): CaseStream {
  const evidence = createEvidenceStream(maxKept);
  const reader = createRedactingReader(evidence.open, seen);
  return {
    add: reader.add,
    finish: () => evidence.finish(reader.finish(), focus),
  };
}

/** The second half of such a case, where another thread reads and redacts. */
export interface RedactedCaseStream {
  readonly add: (messages: CaseMessages) => void;
  readonly finish: (receipt: RedactionReceipt, focus: CaseFocus) => Diagnosis;
}

export function createRedactedCase(): RedactedCaseStream {
  const evidence = createEvidenceStream();
  return { add: createCaseDecoder(evidence.open), finish: evidence.finish };
}

function createEvidenceStream(maxKept?: number) {
  const evidence = createEvidenceCollector(maxKept);
  return {
    open: (name: string): SectionStream =>
      createSectionStream(name, evidence.open(name), evidence.lineMap(), maxKept),
    finish: (receipt: RedactionReceipt, focus: CaseFocus): Diagnosis =>
      buildDiagnosis(evidence.finish(), receipt, focus),
  };
}
