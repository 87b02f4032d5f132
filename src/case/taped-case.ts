import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { RedactionReceipt } from '../redact/types.ts';
import { createCaseEvidence } from './case-evidence.ts';
import { type CaseTape, playCase } from './case-tape.ts';
import { type CaseFocus, conclude } from './conclude.ts';
import { createTextIntake } from './text-intake.ts';

/** The other half of a case that one thread reads and another understands. */
export interface TapedCase {
  play(tape: CaseTape): void;
  finish(receipt: RedactionReceipt, focus?: CaseFocus): Diagnosis;
}

export function createTapedCase(): TapedCase {
  const evidence = createCaseEvidence();
  return {
    play: playCase((name) => createTextIntake(name, evidence.open(name), evidence.lineMap())),
    finish: (receipt, focus = {}) => conclude(evidence.finish(), receipt, focus),
  };
}
