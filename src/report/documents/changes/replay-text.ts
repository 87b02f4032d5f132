import type { ReplayDifference } from '../../../engine/diagnosis/changes/compare-replay.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { list, plural, printable, printableProse } from '../printable.ts';

export interface ReplaySubject {
  readonly runId: string;
  readonly given: Diagnosis;
  readonly now: Diagnosis;
  /** Versions of ftm-check. */
  readonly versions: { readonly given: string; readonly now: string };
}

/** One line if nothing differs; `difference` is absent then. */
export function replayText(subject: ReplaySubject, difference: ReplayDifference | undefined): string {
  const { runId, given, now, versions } = subject;
  const by = `ftm-check ${versions.given} then, ${versions.now} now`;
  const head = printable(runId);
  if (difference === undefined) return `${head}: the same diagnosis, byte for byte (${by}).`;
  const { added, removed, changed, verdicts, parts } = difference;
  const lines = [
    ...(given.verdict === now.verdict ? [] : [`The verdict is ${now.verdict}, and was ${given.verdict}.`]),
    ...added.map(({ title, rule }) => `New finding: ${title} (${rule})`),
    ...removed.map(({ title, rule }) => `No finding any more: ${title} (${rule})`),
    ...changed.map(({ rule, parts: fields }) => `Changed finding: ${rule} (${list(fields)})`),
    ...verdicts.map(
      ({ rule, given: one, now: other }) => `Other verdict: ${rule} was ${one}, and is ${other}`,
    ),
    ...(parts.length === 0 ? [] : [`Other parts that differ: ${list(parts)}`]),
  ];
  const rules = new Set([...added, ...removed, ...changed, ...verdicts].map(({ rule }) => rule)).size;
  const why = rules === 0 ? 'another diagnosis' : `another diagnosis because of ${plural(rules, 'rule')}`;
  return [`${head}: ${why} (${by}).`, ...lines.map((line) => `  ${printableProse(line)}`)].join('\n');
}
