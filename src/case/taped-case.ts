import { buildDiagnosis, type CaseFocus } from '../diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { RedactionReceipt } from '../redact/types.ts';
import { type CaseTape, playCase } from './case-tape.ts';
import { createEvidenceCollector } from './evidence-collector.ts';
import { createSectionStream } from './section-stream.ts';

/** The other half of a case that one thread reads and another understands. */
export interface TapedCase {
  play(tape: CaseTape): void;
  finish(receipt: RedactionReceipt, focus?: CaseFocus): Diagnosis;
}

export function createTapedCase(): TapedCase {
  const evidence = createEvidenceCollector();
  return {
    play: playCase((name) => createSectionStream(name, evidence.open(name), evidence.lineMap())),
    finish: (receipt, focus = {}) => buildDiagnosis(evidence.finish(), receipt, focus),
  };
}
