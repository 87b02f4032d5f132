import type { DeviceChange, DeviceComparison } from '../../../engine/diagnosis/changes/compare-devices.ts';
import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import type { ChangeArea } from '../../../engine/facts/comparison/settings.ts';
import { list, plural, printable } from '../printable.ts';
import { changeText, notComparedTexts } from './change-text.ts';

/** The two states: what they are called, and their diagnoses. */
export interface ComparedStates {
  readonly old: NamedDiagnosis;
  readonly new: NamedDiagnosis;
}

export interface NamedDiagnosis {
  readonly name: string;
  readonly diagnosis: Diagnosis;
}

/** A titled list of an answer of `compare`; lines are prose with foreign text. */
export interface ComparisonPart {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone?: 'bad' | 'good';
}

/** More changes than this are counted by area. JSON holds all. */
const MAX_OTHER_CHANGES = 25;

export function comparisonSummary(
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

/** Changes that new findings point to come first; parts without a line are left out. */
export function comparisonParts({
  findings,
  changes,
  notCompared,
}: DeviceComparison): readonly ComparisonPart[] {
  const linked = changes.filter(({ rules }) => rules.length > 0);
  const others = changes.filter(({ rules }) => rules.length === 0);
  const parts: readonly ComparisonPart[] = [
    { title: 'Changes that new findings point to', lines: linked.map(linkedText), tone: 'bad' },
    { title: 'New findings', lines: findings.appeared.map(findingText), tone: 'bad' },
    { title: 'Gone', lines: findings.fixed.map(findingText), tone: 'good' },
    { title: 'Found before, not visible now', lines: findings.unseen.map(findingText) },
    { title: 'Unchanged findings', lines: findings.same.map(findingText) },
    { title: linked.length > 0 ? 'Other changes' : 'Changes', lines: otherTexts(others) },
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

function otherTexts(changes: readonly DeviceChange[]): readonly string[] {
  const texts = changes.slice(0, MAX_OTHER_CHANGES).map(changeText);
  const rest = changes.slice(MAX_OTHER_CHANGES);
  if (rest.length === 0) return texts;
  const areas = [...Map.groupBy(rest, ({ area }) => area)].map(
    ([area, of]) => `${of.length} of ${AREA_NAMES[area]}`,
  );
  return [...texts, `${plural(rest.length, 'more change')}: ${list(areas)}`];
}

const AREA_NAMES = {
  device: 'the device',
  firmware: 'firmware',
  'push-service': 'the push service',
  'admin-ports': 'administration ports',
  certificate: 'the certificate',
  interfaces: 'interfaces',
  ha: 'HA',
  timers: 'timers',
  policies: 'policies',
  'ssl-vpn': 'SSL VPN',
  administrators: 'administrators',
  users: 'users and groups',
  other: 'other settings',
} as const satisfies Record<ChangeArea, string>;
