import { findingKey } from '../../../engine/diagnosis/compare.ts';
import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { getRule } from '../../../engine/rules/all-rules.ts';

/** A finding with those that disappear once it is fixed. */
export interface FoldedFinding {
  readonly finding: Finding;
  readonly alsoFixes: readonly Finding[];
}

/** A finding whose explaining finding is missing is shown separately. */
export function foldFindings(findings: Diagnosis['findings']): readonly FoldedFinding[] {
  const shown = new Set(findings.filter((each) => each.explainedBy === undefined).map(findingKey));
  const explaining = ({ explainedBy = '', device }: Finding) => findingKey({ rule: explainedBy, device });
  const isFolded = (each: Finding) => shown.has(explaining(each)) && !getRule(each.rule)?.outlastsFix;
  const folded = Map.groupBy(findings.filter(isFolded), explaining);
  return findings
    .filter((each) => !isFolded(each))
    .map((finding) => ({ finding, alsoFixes: folded.get(findingKey(finding)) ?? [] }));
}
