import type { FactKey, Facts } from '../facts/facts.ts';
import { LOG_FACTS } from '../facts/facts.ts';
import type { Judgement, NotKnown, Rule, RuleContext, RuleSpec } from './rule.ts';
import { ROOT_CAUSES } from './rule-ids.ts';

/**
 * Makes a rule from its statement. `check` runs only when every needed fact is known; otherwise the verdict follows
 * from what is missing or contradictory, so that no rule can mistake silence for health.
 */
export function defineRule<const N extends FactKey, const W extends FactKey = never>(
  spec: RuleSpec<N, W>,
): Rule {
  const { check, witness, wants = [], ...statement } = spec;
  return {
    ...statement,
    ...ROOT_CAUSES[spec.id],
    facts: [...spec.needs, ...wants],
    judge(facts: Facts, context: RuleContext): Judgement {
      const seen = witness?.(facts, context);
      if (seen) return seen;
      for (const key of spec.needs) {
        const fact = facts[key];
        if (fact.state !== 'known') return withoutFact(key, fact);
      }
      return check(facts as Parameters<typeof check>[0], context);
    },
  };
}

/** The verdict of a rule that cannot do without this fact; also for rules that need one of several. */
export function withoutFact(key: FactKey, fact: NotKnown): Judgement {
  if (fact.state === 'conflicting') {
    return { verdict: 'conflicting', reason: fact.reason, evidence: fact.quotes };
  }
  return {
    verdict: 'unknown',
    reason: fact.reason,
    need: LOG_FACTS.has(key) ? 'the debug output of one login' : fact.reason,
    commands: LOG_FACTS.has(key) ? 'debug-recipe' : fact.commands,
  };
}
