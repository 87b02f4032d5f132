import { hopIndex } from '../facts/hop.ts';
import { getRule } from '../rules/all-rules.ts';
import type { Diagnosis, MissingFact } from './diagnosis.ts';

/**
 * Returns the undecided rules worth asking about: those up to the first broken hop. If a finding explains that hop,
 * later hops do not matter until it is fixed.
 */
export function openQuestions(diagnosis: Diagnosis): MissingFact[] {
  const { firstBrokenHop, hops, findings } = diagnosis;
  const broken = firstBrokenHop === null ? hops.length : hopIndex(firstBrokenHop);
  const own = findings.filter(({ hop }) => hop === firstBrokenHop);
  const explained = own.some(({ rule }) => !getRule(rule)?.showsOnlySymptom);
  return diagnosis.missing.filter(({ rule }) => {
    const hop = getRule(rule)?.hop;
    if (hop === undefined) return false;
    const index = hopIndex(hop);
    if (index === broken) return !explained;
    // A symptom shows that the login came this far.
    return index < broken && hops[index]?.status === 'unknown' && (own.length === 0 || explained);
  });
}
