import type { DeviceChange, DeviceComparison } from '../../diagnosis/changes/compare-devices.ts';
import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts';
import { escapeMarkdown } from '../markdown/escape.ts';
import { plural, printable, printableProse } from '../printable.ts';
import { type Paint, PLAIN } from '../text/paint.ts';
import { changeText, notComparedTexts } from './change-text.ts';
import { DEVICE_COMPARISON_SCHEMA_ID } from './device-comparison-schema.ts';

/** The two states: what they are called, and their diagnoses. */
export interface ComparedStates {
  readonly old: NamedDiagnosis;
  readonly new: NamedDiagnosis;
}

export interface NamedDiagnosis {
  readonly name: string;
  readonly diagnosis: Diagnosis;
}

interface Part {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone?: 'bad' | 'good';
}

/** For a terminal. Nothing from outside can act on it. */
export function renderDeviceComparisonText(
  comparison: DeviceComparison,
  states: ComparedStates,
  paint: Paint = PLAIN,
): string {
  const parts = partsOf(comparison).map(({ title, lines, tone }) =>
    [
      tone === undefined ? paint.bold(title) : paint[tone](title),
      ...lines.map((line) => `  ${printableProse(line)}`),
    ].join('\n'),
  );
  return [summaryLine(comparison, states), ...parts].join('\n\n');
}

/** For tickets and merge requests. */
export function renderDeviceComparisonMarkdown(comparison: DeviceComparison, states: ComparedStates): string {
  const parts = partsOf(comparison).map(({ title, lines }) =>
    [`### ${title}`, '', ...lines.map((line) => `- ${escapeMarkdown(printableProse(line))}`)].join('\n'),
  );
  return [escapeMarkdown(summaryLine(comparison, states)), ...parts].join('\n\n');
}

function summaryLine(
  { findings: { appeared, fixed, same }, changes }: DeviceComparison,
  { old, new: now }: ComparedStates,
): string {
  const counts = [
    plural(appeared.length, 'new finding'),
    `${fixed.length} gone`,
    `${same.length} unchanged`,
    plural(changes.length, 'change'),
  ];
  return `${printable(old.name)} compared with ${printable(now.name)}: ${counts.join(', ')}`;
}

function partsOf({ findings, changes, notCompared }: DeviceComparison): readonly Part[] {
  const linked = changes.filter(({ rules }) => rules.length > 0);
  const others = changes.filter(({ rules }) => rules.length === 0);
  const parts: readonly Part[] = [
    { title: 'Changes that new findings point to', lines: linked.map(linkedText), tone: 'bad' },
    { title: 'New findings', lines: findings.appeared.map(findingText), tone: 'bad' },
    { title: 'Gone', lines: findings.fixed.map(findingText), tone: 'good' },
    { title: 'Found before, not visible now', lines: findings.unseen.map(findingText) },
    { title: 'Unchanged findings', lines: findings.same.map(findingText) },
    { title: linked.length > 0 ? 'Other changes' : 'Changes', lines: others.map(changeText) },
    { title: 'Not compared', lines: notComparedTexts(notCompared) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function linkedText(change: DeviceChange): string {
  return `${changeText(change)}: ${change.rules.join(', ')}`;
}

function findingText({ severity, title, rule }: Finding): string {
  return `${severity}: ${title} (${rule})`;
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
