import type { ReplayDifference } from '../../../engine/diagnosis/changes/compare-replay.ts';
import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
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
    ...added.map((finding) => `New finding: ${findingText(finding)}`),
    ...removed.map((finding) => `No finding any more: ${findingText(finding)}`),
    ...changed.map(({ rule, parts: fields }) => `Changed finding: ${rule} (${list(fields)})`),
    ...verdicts.map(
      ({ rule, given: one, now: other }) => `Other verdict: ${rule} was ${one}, and is ${other}`,
    ),
    ...(parts.length === 0 ? [] : [`Other parts that differ: ${list(parts)}`]),
  ];
  const what = countRules(difference);
  const why = what === 0 ? 'another diagnosis' : `another diagnosis because of ${plural(what, 'rule')}`;
  return [`${head}: ${why} (${by}).`, ...lines.map((line) => `  ${printableProse(line)}`)].join('\n');
}

function countRules({ added, removed, changed, verdicts }: ReplayDifference): number {
  return new Set([...added, ...removed, ...changed, ...verdicts].map(({ rule }) => rule)).size;
}

function findingText({ title, rule }: Finding): string {
  return `${title} (${rule})`;
}
