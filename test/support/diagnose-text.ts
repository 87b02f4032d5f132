import type { CaseFocus } from '../../src/engine/diagnosis/case-focus.ts';
import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';

/** The diagnosis of one pasted text. */
export function diagnoseText(text: string, focus: CaseFocus = {}): Diagnosis {
  return diagnose([{ name: 'paste.txt', text }], focus);
}

/** What an answer rests on: enough to tell whether two texts are answered alike. */
export function answerOf({ verdict, headline, findings, firstBrokenHop }: Diagnosis) {
  return { verdict, headline, firstBrokenHop, rules: findings.map(({ rule }) => rule) };
}

/** The slugs of the findings, most decisive first. */
export function rulesIn(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.findings.map(({ rule }) => rule);
}
