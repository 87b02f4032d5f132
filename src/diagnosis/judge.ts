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
    const limited = asFarAsRead(rule.id, upToTheCut(rule, judgement, facts), facts);
    return { rule, judgement: onlyQuoted(rule, limited) };
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

/** What no line shows is not in order. */
function onlyQuoted({ facts }: Rule, judgement: Judgement): Judgement {
  if (judgement.verdict !== 'healthy' || judgement.evidence.length > 0) return judgement;
  return {
    verdict: 'unknown',
    reason: `no line of the evidence shows that ${judgement.reason}`,
    need: 'the lines that would show it',
    commands: [...new Set(facts.flatMap((key) => FACT_COMMANDS[key]))],
  };
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
