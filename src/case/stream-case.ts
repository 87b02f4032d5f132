import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { createCaseEvidence } from './case-evidence.ts';
import { type CaseReader, createCaseReader } from './case-reader.ts';
import { type CaseFocus, conclude } from './conclude.ts';
import { createTextIntake } from './text-intake.ts';

/** A case whose texts arrive in pieces, raw; only what matters of them is kept. */
export interface CaseStream {
  readonly add: CaseReader['add'];
  finish(): Diagnosis;
}

/**
 * The same diagnosis as `diagnoseCase(redactCase(…))`, in memory that does not grow with the text. `seen` is text that
 * is known beforehand.
 */
export function createCase(focus: CaseFocus = {}, seen: readonly string[] = []): CaseStream {
  const evidence = createCaseEvidence();
  const reader = createCaseReader(
    (name) => createTextIntake(name, evidence.open(name), evidence.lineMap()),
    seen,
  );
  return {
    add: reader.add,
    finish() {
      const receipt = reader.finish();
      return conclude(evidence.finish(), receipt, focus);
    },
  };
}
