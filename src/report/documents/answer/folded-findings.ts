import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { ruleOf } from '../../../engine/rules/all-rules.ts';

/** A finding with those that disappear once it is fixed. */
export interface FoldedFinding {
  readonly finding: Finding;
  readonly alsoFixes: readonly Finding[];
}

/** A finding whose explaining finding is missing is shown separately. */
export function foldFindings(findings: Diagnosis['findings']): readonly FoldedFinding[] {
  const keyOf = (rule: string | undefined, device: string | undefined) => `${rule} ${device}`;
  const shown = new Set(
    findings.filter((each) => each.explainedBy === undefined).map(({ rule, device }) => keyOf(rule, device)),
  );
  const isFolded = ({ rule, explainedBy, device }: Finding) =>
    shown.has(keyOf(explainedBy, device)) && !ruleOf(rule)?.outlastsFix;
  const folded = Map.groupBy(findings.filter(isFolded), (each) => keyOf(each.explainedBy, each.device));
  return findings
    .filter((each) => !isFolded(each))
    .map((finding) => ({ finding, alsoFixes: folded.get(keyOf(finding.rule, finding.device)) ?? [] }));
}
