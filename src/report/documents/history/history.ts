import { utcMinute } from '../../../engine/text/utc-minute.ts';
import { type DeviceChecks, type PastCheck, toPastState } from '../../../platform/runs/past-check.ts';
import { askerName, type Run } from '../../../platform/runs/run.ts';
import { proofText } from '../answer/logins.ts';
import {
  codePart,
  type Document,
  listPart,
  prosePart,
  type SectionPart,
  sectionPart,
  type Table,
} from '../document.ts';
import { placeCells, placeText, placeTitles, shownPlaces } from '../places.ts';
import { plural, printable, printableProse } from '../printable.ts';
import { checkCounts, fleetCounts, STATE_WORDS, worstFirst } from './fleet.ts';
import { DEVICE_LEGEND, deviceSparkline, FLEET_LEGEND, fleetSparkline } from './sparkline.ts';

export interface HistoryPeriod {
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
  readonly days: number;
}

/** The checks of one device, newest first. */
export function createCheckHistory(device: DeviceChecks, { until, days }: HistoryPeriod): Document {
  const { alias, checks } = device;
  const place = placeText(device);
  const name = `${printable(alias)}${place === '' ? '' : ` (${place})`}`;
  if (checks.length === 0)
    return { headline: `${name} has no checks in the last ${plural(days, 'day')}.`, parts: [] };
  return {
    headline: `${name}, the last ${plural(days, 'day')}: ${checkCounts(checks)}`,
    parts: [
      ...codePart([deviceSparkline(checks, until, days), DEVICE_LEGEND], 'chart'),
      table('check', CHECK_TITLES, checks.toReversed().map(cells)),
    ],
  };
}

/** One row a device, the worst first. */
export function createFleetHistory(devices: readonly DeviceChecks[], period: HistoryPeriod): Document {
  const { until, days } = period;
  const all = devices.flatMap(({ checks }) => checks);
  if (all.length === 0)
    return { headline: `No device was checked in the last ${plural(days, 'day')}.`, parts: [] };
  const places = shownPlaces(devices);
  const rows = worstFirst(devices).map((device) => {
    const { alias, checks } = device;
    const last = checks.at(-1);
    return [
      alias,
      ...placeCells(device, places),
      deviceSparkline(checks, until, days),
      ...(last === undefined ? [] : cells(last)),
    ];
  });
  return {
    headline: `The last ${plural(days, 'day')}, ${fleetCounts(devices)}`,
    parts: [
      ...codePart([fleetSparkline(all, until, days), FLEET_LEGEND], 'chart'),
      table('device', ['Device', ...placeTitles(places), 'Days', ...CHECK_TITLES], rows),
      ...codePart([DEVICE_LEGEND], 'legend'),
    ],
  };
}

const CHECK_TITLES = ['Checked', 'Result', 'Cause', 'By', 'Run'];

function table(what: string, titles: readonly string[], rows: readonly (readonly string[])[]): Table {
  return {
    kind: 'table',
    caption: plural(rows.length, what),
    titles,
    rows: rows.map((row) => ({ cells: row })),
    what,
  };
}

function cells(check: PastCheck): readonly string[] {
  const { at, rules, asker, run } = check;
  const [first, ...more] = rules;
  const count = more.length === 0 ? '' : ` (+${more.length})`;
  return [
    `${utcMinute(at)} UTC`,
    STATE_WORDS[toPastState(check)],
    first === undefined ? '–' : `${first}${count}`,
    `by ${askerName(asker)}`,
    run,
  ];
}

export interface DeviceHistoryView {
  /** Oldest first. */
  readonly checks: readonly PastCheck[];
  /** The last day of the chart, in milliseconds since the Unix epoch. */
  readonly until: number;
  /** Checks of the device in this thread, oldest first. */
  readonly thread?: readonly Run[];
}

/** What was asked, found, pasted and proved in the thread. */
function threadLine({ acceptedAt, asker, user, live, afterFix, outcome }: Run): string {
  const whom = user === undefined ? '' : ` for ${printable(user)}`;
  const asked = live === undefined ? `asked${whom}` : `had the next login${whom} watched`;
  const diagnosis = outcome?.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  const found = diagnosis && (proofText(diagnosis) ?? diagnosis.headline);
  return [
    `${utcMinute(acceptedAt)} UTC: ${printable(askerName(asker))} ${afterFix ? 'pasted the fix' : asked}`,
    ...(found === undefined ? [] : [printableProse(found)]),
  ].join('. ');
}

/** The thread, and a chart of the verdicts. Nothing if this check is the only one. */
export function historySection({ checks, thread = [] }: DeviceHistoryView): readonly SectionPart[] {
  const lines = thread.length < 2 ? [] : thread.map(threadLine);
  const conversation = sectionPart('thread', 'open', 'This conversation', listPart(lines));
  const before = checks.at(-2);
  if (before === undefined) return conversation;
  const who = printable(askerName(before.asker)).replaceAll('`', '');
  const chart = sectionPart('history', 'open', 'History of this device', [
    { kind: 'picture', name: 'history' },
    ...prosePart(`${checkCounts(checks)}. High: broken; middle: not clear; low: in order; lowest: works.`),
    ...prosePart(`The check before this one: ${utcMinute(before.at)} UTC, by ${who}.`),
  ]);
  return [...conversation, ...chart];
}
