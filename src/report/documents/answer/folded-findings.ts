import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';

/** A finding with those that disappear once it is fixed. */
export interface FoldedFinding {
  readonly finding: Finding;
  readonly alsoFixes: readonly Finding[];
}

/** A finding whose explaining finding is missing is shown separately. */
export function foldFindings(findings: Diagnosis['findings']): readonly FoldedFinding[] {
  const shown = findings.filter((each) => each.explainedBy === undefined);
  const isExplainedBy = (each: Finding, finding: Finding) =>
    each.explainedBy === finding.rule && each.device === finding.device;
  const isFolded = (each: Finding) => shown.some((finding) => isExplainedBy(each, finding));
  return findings
    .filter((each) => !isFolded(each))
    .map((finding) => ({
      finding,
      alsoFixes: findings.filter((each) => isFolded(each) && isExplainedBy(each, finding)),
    }));
}
