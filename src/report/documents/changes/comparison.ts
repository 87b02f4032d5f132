import type { DeviceChange, DeviceComparison } from '../../../engine/diagnosis/changes/compare-devices.ts';
import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import type { ChangeArea } from '../../../engine/facts/comparison/settings.ts';
import { type Document, listPart, sectionPart, type TableRow } from '../document.ts';
import { list, plural, printable } from '../printable.ts';
import { WORDING } from '../wording.ts';
import { changeText, notComparedTexts } from './change-text.ts';

export interface ComparedStates {
  readonly old: NamedDiagnosis;
  readonly new: NamedDiagnosis;
}

export interface NamedDiagnosis {
  readonly name: string;
  readonly diagnosis: Diagnosis;
}

/** More changes than this are counted by area. JSON holds all. */
const MAX_OTHER_CHANGES = 25;

/** The two states, then changes that new findings point to before all others. */
export function createComparisonDocument(comparison: DeviceComparison, states: ComparedStates): Document {
  const { findings, changes, notCompared } = comparison;
  const counts = [
    plural(findings.appeared.length, 'new finding'),
    `${findings.fixed.length} gone`,
    `${findings.same.length} unchanged`,
    plural(changes.length, 'change'),
  ];
  const linked = changes.filter(({ rules }) => rules.length > 0);
  const others = changes.filter(({ rules }) => rules.length === 0);
  const lists: readonly (readonly [title: string, lines: readonly string[]])[] = [
    [
      'Changes that new findings point to',
      linked.map((change) => `${changeText(change)}: ${change.rules.join(', ')}`),
    ],
    ['New findings', findings.appeared.map(findingText)],
    ['Gone', findings.fixed.map(findingText)],
    ['Found before, not visible now', findings.unseen.map(findingText)],
    ['Unchanged findings', findings.same.map(findingText)],
    [linked.length > 0 ? 'Other changes' : 'Changes', otherTexts(others)],
    ['Not compared', notComparedTexts(notCompared)],
  ];
  return {
    headline: `${printable(states.old.name)} compared with ${printable(states.new.name)}: ${counts.join(', ')}`,
    parts: [
      {
        kind: 'table',
        caption: 'The two states',
        titles: ['State', 'File', 'Result'],
        rows: [stateRow('Old', states.old), stateRow('New', states.new)],
        what: 'state',
      },
      ...lists.flatMap(([title, lines], index) =>
        sectionPart(`part-${index + 1}`, 'open', title, listPart(lines)),
      ),
    ],
  };
}

const STATES = { broken: 'bad', healthy: 'good', inconclusive: 'unsure' } as const;

function stateRow(title: string, { name, diagnosis: { verdict, headline } }: NamedDiagnosis): TableRow {
  return { state: STATES[verdict], mark: WORDING.verdictMarks[verdict], cells: [title, name, headline] };
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
