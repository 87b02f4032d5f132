import type { Diagnosis, Finding } from './diagnosis.ts';

/** A rule has one finding for each device. */
export function findingKey({
  rule,
  device = '',
}: {
  readonly rule: string;
  readonly device?: string | undefined;
}): string {
  return JSON.stringify([rule, device]);
}

/** The rules that a diagnosis excludes: their cause is certainly not there. */
export function excludedRules({ checks }: Pick<Diagnosis, 'checks'>): ReadonlySet<string> {
  const excluded = checks.filter(({ verdict }) => verdict === 'healthy' || verdict === 'not-applicable');
  return new Set(excluded.map(({ rule }) => rule));
}

/** What changed between two diagnoses of one device. */
export interface Comparison {
  /** Found before, and now healthy. */
  readonly fixed: readonly Finding[];
  /** Found now, not before. */
  readonly appeared: readonly Finding[];
  /** Found both times, in its current form. */
  readonly same: readonly Finding[];
  /** Found before; the new evidence says nothing about it, which is not the same as fixed. */
  readonly unseen: readonly Finding[];
}

/** A rule has at most one finding, so the rule id identifies it. */
export function compareDiagnoses(earlier: Diagnosis, now: Diagnosis): Comparison {
  const before = new Set(earlier.findings.map(({ rule }) => rule));
  const found = new Set(now.findings.map(({ rule }) => rule));
  const excluded = excludedRules(now);
  const gone = earlier.findings.filter(({ rule }) => !found.has(rule));
  const isFixed = ({ rule }: Finding): boolean => excluded.has(rule);
  return {
    fixed: gone.filter(isFixed),
    appeared: now.findings.filter(({ rule }) => !before.has(rule)),
    same: now.findings.filter(({ rule }) => before.has(rule)),
    unseen: gone.filter((finding) => !isFixed(finding)),
  };
}

/** What another reading of the same device may change without changing the answer. */
const OF_ONE_READING = new Set(['evidence', 'sources', 'redactions']);

/** Whether a later reading says what the earlier one said: only the lines that show it may be others. */
export function isUnchanged(earlier: Diagnosis, now: Diagnosis): boolean {
  return canonicalText(earlier, OF_ONE_READING) === canonicalText(now, OF_ONE_READING);
}

/** Whether both are the same in everything, as of the same evidence. */
export function isSameDiagnosis(one: Diagnosis, other: Diagnosis): boolean {
  return canonicalText(one) === canonicalText(other);
}

/** As JSON with sorted keys: a stored diagnosis has them in another order. */
function canonicalText(diagnosis: Diagnosis, without: ReadonlySet<string> = new Set()): string {
  return JSON.stringify(diagnosis, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const kept = Object.entries(value).filter(([key]) => !without.has(key));
    return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
