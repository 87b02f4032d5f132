import type { Attempt } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { FactKey, Facts } from '../facts/facts.ts';
import { gotInByPush, unresolved } from '../facts/unresolved.ts';
import type { UserKnown } from './asked-user.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import type { Judged } from './judge.ts';

/** With these known, the part of a configuration that push depends on was readable as a whole. */
const WHOLE: readonly FactKey[] = ['version', 'pushService', 'interfaces', 'administrators', 'global'];

/**
 * `broken` where any rule is; `healthy` where a complete push login succeeded and no other is left failing, or where a whole
 * configuration shows nothing broken and nothing contradicts it; otherwise the evidence is too partial to say.
 */
export function verdictOf(
  findings: readonly Finding[],
  attempts: readonly Attempt[],
  facts: Facts,
  judged: readonly Judged[] = [],
  userKnown: UserKnown = 'known',
): Diagnosis['verdict'] {
  if (findings.length > 0) return 'broken';
  const failing = unresolved(attempts).some((attempt) => attempt.outcome !== 'incomplete');
  if (failing) return 'inconclusive';
  if (attempts.some(gotInByPush)) return 'healthy';
  // Of a user who does not exist, or may not, nothing is in order.
  if (userKnown !== 'known') return 'inconclusive';
  const isContradicted = judged.some(({ judgement }) => judgement.verdict === 'conflicting');
  return isWhole(facts) && !isContradicted ? 'healthy' : 'inconclusive';
}

/** A whole configuration was read: what it does not say has its default. */
export function isWhole(facts: Facts): boolean {
  const unread = valueIfKnown(facts.vdomCoverage)?.unread ?? [];
  return (
    facts.cutBackup.state !== 'known' &&
    unread.length === 0 &&
    WHOLE.every((key) => facts[key].state === 'known')
  );
}
