import { CONTRADICTION_REASON } from '../../../engine/diagnosis/contradiction.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { HOPS, type Hop } from '../../../engine/facts/hop.ts';
import { ruleOf } from '../../../engine/rules/all-rules.ts';
import { list } from '../printable.ts';

/** Undecided checks with the same reason. */
export interface Unchecked {
  readonly reason: string;
  readonly count: number;
  /** Hops of these checks, in order. */
  readonly hops: readonly Hop[];
}

/** Groups undecided checks by reason, the most frequent first. */
export function groupUnchecked(
  checks: Diagnosis['checks'],
  verdict: 'unknown' | 'conflicting',
): readonly Unchecked[] {
  const byReason = new Map<string, string[]>();
  for (const check of checks) {
    if (check.verdict !== verdict) continue;
    byReason.set(check.reason, [...(byReason.get(check.reason) ?? []), check.rule]);
  }
  return joinAlike(byReason).map(([reason, rules]) => ({ reason, count: rules.length, hops: hopsOf(rules) }));
}

/** A dozen commands in one sentence are unreadable on a phone. */
const CODES = 3;
const MANY_CODES = /`[^`]+`(?:(?:, | and )`[^`]+`)+/g;

/** Shows at most this many consecutive pieces of code, and the total number. */
export function withFewCodes(reason: string, most = CODES): string {
  return reason.replaceAll(MANY_CODES, (run) => {
    const codes = run.match(/`[^`]+`/g) ?? [];
    const rest = codes.length - most;
    return rest > 0 ? `${codes.slice(0, most).join(', ')} and ${rest} more` : run;
  });
}

/** Reasons with the same start are one line: it lists their commands, or what differs. */
const ENDS_WITH_CODE = /^([^`]+)(`[^`]+`)$/;
const BEGINS_ALIKE = new RegExp(
  `^(the evidence does not show |only a login shows |${CONTRADICTION_REASON})(.+)$`,
);

type Reasons = readonly (readonly [reason: string, rules: readonly string[]])[];

function joinAlike(byReason: ReadonlyMap<string, readonly string[]>): Reasons {
  const mostFirst = [...byReason].toSorted(([, a], [, b]) => b.length - a.length);
  return joinBy(BEGINS_ALIKE, joinBy(ENDS_WITH_CODE, mostFirst, list), (ends) => ends.join('; '));
}

function joinBy(alike: RegExp, reasons: Reasons, join: (ends: readonly string[]) => string): Reasons {
  const joined = new Map<string, { readonly ends: string[]; rules: readonly string[] }>();
  for (const [reason, rules] of reasons) {
    const [, start = reason, end] = alike.exec(reason) ?? [];
    const group = joined.get(start) ?? { ends: [], rules: [] };
    if (end !== undefined) group.ends.push(end);
    group.rules = [...group.rules, ...rules];
    joined.set(start, group);
  }
  return [...joined].map(([start, { ends, rules }]) => [`${start}${join(ends)}`, rules] as const);
}

export function hopsOf(rules: readonly string[]): readonly Hop[] {
  const hops = new Set<Hop>(rules.flatMap((rule) => ruleOf(rule)?.hop ?? []));
  return HOPS.filter((hop) => hops.has(hop));
}
