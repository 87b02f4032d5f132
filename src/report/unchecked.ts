import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { HOPS, type Hop } from '../facts/hop.ts';
import { ROOT_CAUSES, type RuleId } from '../rules/rule-ids.ts';
import { list } from './printable.ts';

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
  return joinAlike(byReason)
    .map(([reason, rules]) => ({ reason, count: rules.length, hops: hopsOf(rules) }))
    .sort((a, b) => b.count - a.count);
}

/** A dozen of commands in one sentence help nobody on a phone. */
const CODES = 3;
const MANY_CODES = /`[^`]+`(?:(?:, | and )`[^`]+`)+/g;

/** The same with at most so many pieces of code in a row, and how many there were. */
export function withFewCodes(reason: string, most = CODES): string {
  return reason.replaceAll(MANY_CODES, (run) => {
    const codes = run.match(/`[^`]+`/g) ?? [];
    const rest = codes.length - most;
    return rest > 0 ? `${codes.slice(0, most).join(', ')} and ${rest} more` : run;
  });
}

/** Reasons that differ only in the command they end with become one that lists the commands. */
const ENDS_WITH_CODE = /^([^`]+)(`[^`]+`)$/;

function joinAlike(
  byReason: ReadonlyMap<string, readonly RuleId[]>,
): readonly (readonly [string, readonly RuleId[]])[] {
  const joined = new Map<string, { readonly codes: string[]; rules: readonly RuleId[] }>();
  const mostFirst = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  for (const [reason, rules] of mostFirst) {
    const [, start = reason, code] = ENDS_WITH_CODE.exec(reason) ?? [];
    const group = joined.get(start) ?? { codes: [], rules: [] };
    if (code !== undefined) group.codes.push(code);
    group.rules = [...group.rules, ...rules];
    joined.set(start, group);
  }
  return [...joined].map(([start, { codes, rules }]) => [`${start}${list(codes)}`, rules] as const);
}

export function hopsOf(rules: readonly RuleId[]): readonly Hop[] {
  const hops = new Set<Hop>(rules.map((rule) => ROOT_CAUSES[rule].hop));
  return HOPS.filter((hop) => hops.has(hop));
}
