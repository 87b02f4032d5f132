import { FACT_COMMANDS, type Facts } from '../facts/facts.ts';
import type { Judgement, Rule, RuleContext } from '../rules/rule.ts';
import { contradicted } from './contradiction.ts';
import { asFarAsRead } from './vdom-read.ts';

/** A rule with what it made of the evidence. */
export interface Judged {
  readonly rule: Rule;
  readonly judgement: Judgement;
}

export function judge(rules: readonly Rule[], facts: Facts, context: RuleContext): readonly Judged[] {
  return rules.map((rule) => {
    const judgement = atOdds(rule, contradicted(rule.id, rule.judge(facts, context), facts), facts);
    return { rule, judgement: asFarAsRead(rule.id, upToTheCut(rule, judgement, facts), facts) };
  });
}

/** What a rule could not tell because two pieces of evidence say different things is not merely unknown. */
function atOdds(rule: Rule, judgement: Judgement, facts: Facts): Judgement {
  if (judgement.verdict !== 'unknown') return judgement;
  const facing = rule.facts.map((key) => facts[key]);
  const fact = facing.find((each) => each.state === 'conflicting' && each.reason === judgement.reason);
  return fact?.state === 'conflicting'
    ? { verdict: 'conflicting', reason: fact.reason, evidence: fact.quotes }
    : judgement;
}

/** Where more of a table may exist than the evidence shows, what is wrong in it is wrong, but nothing is in order. */
function upToTheCut(rule: Rule, judgement: Judgement, facts: Facts): Judgement {
  if (judgement.verdict !== 'healthy' && judgement.verdict !== 'not-applicable') return judgement;
  for (const key of rule.needs.length > 0 ? rule.needs : rule.facts) {
    const fact = facts[key];
    if (fact.state !== 'known' || fact.partial === undefined) continue;
    return { verdict: 'unknown', reason: fact.partial, need: fact.partial, commands: FACT_COMMANDS[key] };
  }
  return judgement;
}
