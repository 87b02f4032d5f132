import type { DeviceComparison } from '../../../engine/diagnosis/changes/compare-devices.ts';
import type { Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { escapeMarkdown } from '../../formats/markdown/escape.ts';
import { type Paint, PLAIN } from '../../formats/text/paint.ts';
import { printableProse } from '../printable.ts';
import {
  type ComparedStates,
  comparisonParts,
  comparisonSummary,
  type NamedDiagnosis,
} from './comparison-parts.ts';
import { DEVICE_COMPARISON_SCHEMA_ID } from './device-comparison-schema.ts';

/** For a terminal. Control characters in foreign text are escaped. */
export function renderDeviceComparisonText(
  comparison: DeviceComparison,
  states: ComparedStates,
  paint: Paint = PLAIN,
): string {
  const parts = comparisonParts(comparison).map(({ title, lines, tone }) =>
    [
      tone === undefined ? paint.bold(title) : paint[tone](title),
      ...lines.map((line) => `  ${printableProse(line)}`),
    ].join('\n'),
  );
  return [comparisonSummary(comparison, states), ...parts].join('\n\n');
}

/** For tickets and merge requests. */
export function renderDeviceComparisonMarkdown(comparison: DeviceComparison, states: ComparedStates): string {
  const parts = comparisonParts(comparison).map(({ title, lines }) =>
    [`### ${title}`, '', ...lines.map((line) => `- ${escapeMarkdown(printableProse(line))}`)].join('\n'),
  );
  return [escapeMarkdown(comparisonSummary(comparison, states)), ...parts].join('\n\n');
}

export function renderDeviceComparisonJson(
  { findings, changes, notCompared }: DeviceComparison,
  states: ComparedStates,
): string {
  const printed = {
    schema: DEVICE_COMPARISON_SCHEMA_ID,
    old: stateOf(states.old),
    new: stateOf(states.new),
    findings: {
      new: findings.appeared.map(summaryOf),
      gone: findings.fixed.map(summaryOf),
      unseen: findings.unseen.map(summaryOf),
      unchanged: findings.same.map(summaryOf),
    },
    changes: changes.map(({ area, kind, place, vdom, setting, rules, evidence }) => ({
      area,
      kind,
      place,
      vdom,
      setting,
      rules,
      evidence,
    })),
    notCompared,
  };
  return JSON.stringify(printed, null, 2);
}

function stateOf({ name, diagnosis: { verdict, headline, device } }: NamedDiagnosis) {
  return { name, verdict, headline, hostname: device.hostname, version: device.version };
}

function summaryOf({ rule, severity, confidence, title }: Finding) {
  return { rule, severity, confidence, title };
}
