import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { HOPS, type Hop } from '../facts/hop.ts';
import { ROOT_CAUSES, type RuleId } from '../rules/rule-ids.ts';

/** Checks that share one reason for not being decided. */
export interface Unchecked {
  readonly reason: string;
  readonly count: number;
  /** Hops whose checks these are, in order. */
  readonly hops: readonly Hop[];
}

/** What could not be checked, the reason that holds for most checks first. */
export function groupUnchecked(
  checks: Diagnosis['checks'],
  verdict: 'unknown' | 'conflicting',
): readonly Unchecked[] {
  const byReason = new Map<string, RuleId[]>();
  for (const check of checks) {
    if (check.verdict !== verdict) continue;
    byReason.set(check.reason, [...(byReason.get(check.reason) ?? []), check.rule]);
  }
  return [...byReason]
    .map(([reason, rules]) => ({ reason, count: rules.length, hops: hopsOf(rules) }))
    .sort((a, b) => b.count - a.count);
}

export function hopsOf(rules: readonly RuleId[]): readonly Hop[] {
  const hops = new Set<Hop>(rules.map((rule) => ROOT_CAUSES[rule].hop));
  return HOPS.filter((hop) => hops.has(hop));
}
