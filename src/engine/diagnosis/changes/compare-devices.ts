import type { LineMap } from '../../evidence/line-map.ts';
import type { Quote } from '../../evidence/types.ts';
import { CHANGE_AREAS } from '../../facts/comparison/settings.ts';
import type { Facts } from '../../facts/facts.ts';
import type { CaseFacts } from '../../facts/read-facts.ts';
import { RULES } from '../../rules/all-rules.ts';
import { type CaseFocus, ruleContext } from '../case-focus.ts';
import { type Comparison, compareDiagnoses } from '../compare.ts';
import type { Diagnosis, Finding } from '../diagnosis.ts';
import { atSourceLines } from '../source-lines.ts';
import { type ConfigChange, compareSettings, type NotCompared } from './compare-settings.ts';
import { deviceSettings } from './device-settings.ts';

/** One state of a device. */
export interface ComparedState extends Pick<CaseFacts, 'facts' | 'inVdom'> {
  readonly diagnosis: Diagnosis;
  /** What was asked. */
  readonly focus: CaseFocus;
  readonly lineMaps: ReadonlyMap<string, LineMap>;
}

export interface DeviceChange extends ConfigChange {
  /** Rules of new findings that point to it, the most decisive first. */
  readonly rules: readonly string[];
}

export interface DeviceComparison {
  readonly findings: Comparison;
  /** First those that new findings point to, then by area. */
  readonly changes: readonly DeviceChange[];
  readonly notCompared: readonly NotCompared[];
}

/** What changed between two states of one device. */
export function compareDevices(old: ComparedState, now: ComparedState): DeviceComparison {
  const findings = compareDiagnoses(old.diagnosis, now.diagnosis);
  const { changes: found, notCompared } = compareSettings(deviceSettings(old), deviceSettings(now));
  const changes = found.map((change) => ({
    ...change,
    evidence: {
      old: atSourceLines(change.evidence.old, old.lineMaps),
      new: atSourceLines(change.evidence.new, now.lineMaps),
    },
  }));
  const pointedTo = findings.appeared.map((finding) => ({
    rule: finding.rule,
    changes: new Set(changesBehind(finding, changes, old, now)),
  }));
  const linked = changes.map((change) => ({
    ...change,
    rules: pointedTo.filter((each) => each.changes.has(change)).map(({ rule }) => rule),
  }));
  const order = findings.appeared.map(({ rule }) => rule);
  return { findings, changes: orderChanges(linked, order), notCompared };
}

/**
 * The changes that a new finding points to: its rule uses that fact, and the finding quotes the lines after the change,
 * or the rule was healthy before and quoted the lines before it. A change without which the rule finds the same is
 * left out.
 */
function changesBehind(
  finding: Finding,
  changes: readonly ConfigChange[],
  old: ComparedState,
  now: ComparedState,
): readonly ConfigChange[] {
  const rule = RULES.find(({ id }) => id === finding.rule);
  if (!rule) return [];
  const before = old.diagnosis.checks.find((each) => each.rule === finding.rule);
  const healthyLines = before?.verdict === 'healthy' ? (before.evidence ?? []) : [];
  const quoted = changes.filter(
    ({ fact, evidence }) =>
      rule.facts.includes(fact) &&
      (quotesAll(finding.evidence, evidence.new) || quotesAll(healthyLines, evidence.old)),
  );
  const isBroken = (facts: Facts) => rule.judge(facts, ruleContext(facts, now.focus)).verdict === 'broken';
  // Facts of several VDOMs together may not decide it.
  if (!isBroken(now.facts)) return quoted;
  const needed = quoted.filter(({ fact }) => !isBroken({ ...now.facts, [fact]: old.facts[fact] }));
  return needed.length > 0 ? needed : quoted;
}

/** Whether the evidence holds all wanted lines, and some are wanted. */
export function quotesAll(evidence: readonly Quote[], wanted: readonly Quote[]): boolean {
  return (
    wanted.length > 0 &&
    wanted.every(({ source, line }) => evidence.some((each) => each.source === source && each.line === line))
  );
}

/** First those that a finding points to, in the order of the findings; then by area. */
export function orderChanges(
  changes: readonly DeviceChange[],
  findings: readonly string[],
): readonly DeviceChange[] {
  const rank = ({ rules }: DeviceChange) => {
    const [first] = rules;
    return first === undefined ? findings.length : findings.indexOf(first);
  };
  const areaOf = ({ area }: DeviceChange) => CHANGE_AREAS.indexOf(area);
  // Sorting is stable: within an area the order of the configuration stays.
  return changes.toSorted((one, other) => rank(one) - rank(other) || areaOf(one) - areaOf(other));
}
