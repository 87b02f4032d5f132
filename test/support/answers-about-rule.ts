import { answerQuestions } from '../../src/engine/diagnosis/asked-question.ts';
import type { Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import { toSections } from '../../src/engine/evidence/sections.ts';
import type { Facts } from '../../src/engine/facts/facts.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import type { Rule } from '../../src/engine/rules/rule.ts';

export function readMail(text: string): Facts {
  return readFacts(redact([{ name: 'mail', text }]).items.flatMap(toSections)).facts;
}

/** What is answered to the questions of a mail where this rule alone found the cause. */
export function answersAboutRule(
  { id, severity, hop, title }: Rule,
  facts: Facts,
  confidence: Finding['confidence'] = 'certain',
  apply: string[] = [],
): readonly string[] {
  const finding: Finding = {
    rule: id,
    severity,
    confidence,
    hop,
    title,
    summary: '',
    evidence: [],
    fix: { apply, undo: [], verify: [] },
    references: [],
  };
  const asked = {
    facts,
    attempts: [],
    judged: [],
    findings: [finding],
    verdict: 'broken',
    secrets: 0,
  } as const;
  return (answerQuestions(asked) ?? []).map(({ answer }) => answer);
}
