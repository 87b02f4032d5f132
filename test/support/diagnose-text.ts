import type { CaseFocus } from '../../src/engine/diagnosis/case-focus.ts';
import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';

/** The diagnosis of one pasted text. */
export function diagnoseText(text: string, focus: CaseFocus = {}): Diagnosis {
  return diagnose([{ name: 'paste.txt', text }], focus);
}

/** The answers to a question of a person above lines of a log. */
export function answersTo(question: string, lines: readonly string[]): readonly string[] | undefined {
  return diagnoseText([question, ...lines].join('\n')).answers?.map(({ answer }) => answer);
}

/** What an answer rests on: enough to tell whether two texts are answered alike. */
export function answerOf({ verdict, headline, findings, firstBrokenHop }: Diagnosis) {
  return { verdict, headline, firstBrokenHop, rules: findings.map(({ rule }) => rule) };
}

/** The slugs of the findings, most decisive first. */
export function rulesIn(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.findings.map(({ rule }) => rule);
}
