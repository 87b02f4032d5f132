import { utcMinute } from '../../../engine/text/utc-minute.ts';
import type { DeviceChecks, PastCheck } from '../../../platform/runs/past-check.ts';
import { alignedTable } from '../../formats/text/layout.ts';
import { plural, printable } from '../printable.ts';
import { checkCounts, fleetCounts, VERDICT_WORDS, worstFirst } from './fleet.ts';
import { DEVICE_LEGEND, deviceSparkline, FLEET_LEGEND, fleetSparkline } from './sparkline.ts';

export interface HistoryPeriod {
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
  readonly days: number;
}

/** The checks of one device for a terminal, newest first. Control characters in foreign text are escaped. */
export function deviceHistoryText({ alias, checks }: DeviceChecks, { until, days }: HistoryPeriod): string {
  const name = printable(alias);
  if (checks.length === 0) return `${name} has no checks in the last ${plural(days, 'day')}.`;
  return [
    `${name}, the last ${plural(days, 'day')}: ${checkCounts(checks)}`,
    `  ${deviceSparkline(checks, until, days)}`,
    `  ${DEVICE_LEGEND}`,
    '',
    ...alignedTable(checks.toReversed().map(cells), '  '),
  ].join('\n');
}

/** One line a device, the worst first. */
export function fleetHistoryText(devices: readonly DeviceChecks[], { until, days }: HistoryPeriod): string {
  const all = devices.flatMap(({ checks }) => checks);
  if (all.length === 0) return `No device was checked in the last ${plural(days, 'day')}.`;
  const rows = worstFirst(devices).map(({ alias, checks }) => {
    const last = checks.at(-1);
    return [
      printable(alias),
      deviceSparkline(checks, until, days),
      ...(last === undefined ? [] : cells(last)),
    ];
  });
  return [
    `The last ${plural(days, 'day')}, ${fleetCounts(devices)}`,
    `  ${fleetSparkline(all, until, days)}`,
    `  ${FLEET_LEGEND}`,
    '',
    ...alignedTable(rows, '  '),
    '',
    `  ${DEVICE_LEGEND}`,
  ].join('\n');
}

function cells({ at, verdict, rules: [first, ...more], asker, run }: PastCheck): readonly string[] {
  const count = more.length === 0 ? '' : ` (+${more.length})`;
  return [
    `${utcMinute(at)} UTC`,
    VERDICT_WORDS[verdict],
    first === undefined ? '–' : `${printable(first)}${count}`,
    `by ${printable(asker.name ?? asker.id)}`,
    printable(run),
  ];
}
