import type { Facts } from '../facts/facts.ts';
import type { Judgement, Rule, RuleContext } from '../rules/rule.ts';
import { contradicted } from './contradiction.ts';

/** A rule with what it made of the evidence. */
export interface Judged {
  readonly rule: Rule;
  readonly judgement: Judgement;
}

export function judge(rules: readonly Rule[], facts: Facts, context: RuleContext): readonly Judged[] {
  return rules.map((rule) => ({
    rule,
    judgement: contradicted(rule.id, rule.judge(facts, context), facts),
  }));
}
