import { hopIndex } from '../facts/hop.ts';
import { ruleOf } from '../rules/all-rules.ts';
import type { Diagnosis, MissingFact } from './diagnosis.ts';

/**
 * What is worth asking the reader for: what could move an undecided step up to the first broken one. Where a finding
 * explains that step, nothing behind it matters until the fix is in.
 */
export function openQuestions(diagnosis: Diagnosis): MissingFact[] {
  const { firstBrokenHop, hops, findings } = diagnosis;
  const broken = firstBrokenHop === null ? hops.length : hopIndex(firstBrokenHop);
  const explained = findings.some(({ hop, rule }) => hop === firstBrokenHop && !ruleOf(rule)?.namesNoCause);
  return diagnosis.missing.filter(({ rule }) => {
    const hop = ruleOf(rule)?.hop;
    if (hop === undefined) return false;
    const index = hopIndex(hop);
    if (index === broken) return !explained;
    return index < broken && hops[index]?.status === 'unknown';
  });
}
