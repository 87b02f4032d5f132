import { findingKey } from '../compare.ts';
import type { Diagnosis, Finding } from '../diagnosis.ts';

/** How a repeated diagnosis differs from the one that was given, by rule. */
export interface ReplayDifference {
  readonly added: readonly Finding[];
  readonly removed: readonly Finding[];
  /** Found both times, with other words, lines or fix. */
  readonly changed: readonly { readonly rule: string; readonly parts: readonly string[] }[];
  /** Rules without a finding, neither in the given diagnosis nor now. */
  readonly verdicts: readonly { readonly rule: string; readonly given: string; readonly now: string }[];
  /** Other parts of the diagnosis that differ: `headline`, `hops`. */
  readonly parts: readonly string[];
}

const BY_RULE: ReadonlySet<string> = new Set(['findings', 'checks']);
/** Verdict of a rule that one of the versions does not have. */
const NO_RULE = 'no such rule';

/** Pure. Both must be in the published form, so that the order of fields does not count. */
export function compareReplay(given: Diagnosis, now: Diagnosis): ReplayDifference {
  const before = new Map(given.findings.map((finding) => [findingKey(finding), finding]));
  const after = new Map(now.findings.map((finding) => [findingKey(finding), finding]));
  return {
    added: now.findings.filter((finding) => !before.has(findingKey(finding))),
    removed: given.findings.filter((finding) => !after.has(findingKey(finding))),
    changed: now.findings.flatMap((finding) => {
      const parts = differing(before.get(findingKey(finding)), finding);
      return parts.length === 0 ? [] : [{ rule: finding.rule, parts }];
    }),
    verdicts: changedVerdicts(given, now),
    parts: differing(given, now).filter((part) => !BY_RULE.has(part)),
  };
}

function changedVerdicts(given: Diagnosis, now: Diagnosis): ReplayDifference['verdicts'] {
  const before = new Map(given.checks.map(({ rule, verdict }) => [rule, verdict]));
  const after = new Map(now.checks.map(({ rule, verdict }) => [rule, verdict]));
  const found = new Set([...given.findings, ...now.findings].map(({ rule }) => rule));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((rule) => {
    const [one, other] = [before.get(rule) ?? NO_RULE, after.get(rule) ?? NO_RULE];
    return one === other || found.has(rule) ? [] : [{ rule, given: one, now: other }];
  });
}

/** Names of the fields that differ. */
function differing<T extends object>(one: T | undefined, other: T): readonly string[] {
  if (one === undefined) return [];
  const before = new Map(Object.entries(one));
  const after = new Map(Object.entries(other));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)),
  );
}
