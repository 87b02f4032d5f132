import { utcMinute } from '../../../engine/text/utc-minute.ts';
import type { PastCheck } from '../../../platform/runs/past-check.ts';
import { checkCounts } from '../../documents/history/fleet.ts';
import { historyChart } from '../../documents/history/history-chart.ts';
import { printable } from '../../documents/printable.ts';
import { svg } from '../../picture/drawing.ts';
import { element, type Markup } from './markup.ts';
import type { SectionPlace } from './section-place.ts';

/** The checks of one device. */
export interface DeviceHistoryView {
  /** Oldest first. */
  readonly checks: readonly PastCheck[];
  /** The last day of the chart, in milliseconds since the Unix epoch. */
  readonly until: number;
}

/** A chart of the verdicts. Nothing if this check is the only one. */
export function historySection(
  history: DeviceHistoryView | undefined,
  place: SectionPlace,
): readonly Markup[] {
  if (history === undefined || history.checks.length < 2) return [];
  const { checks, until } = history;
  const before = checks.at(-2);
  return [
    element(
      'section',
      { 'aria-labelledby': place.id('history'), class: 'history' },
      element(place.heading(2), { id: place.id('history') }, 'History of this device'),
      svg(historyChart(checks, until), place.id('history-chart')),
      element('p', {}, `${checkCounts(checks)}. High: broken; middle: not clear; low: in order.`),
      before === undefined
        ? undefined
        : element(
            'p',
            {},
            `The check before this one: ${utcMinute(before.at)} UTC, by ${printable(before.asker.name ?? before.asker.id)}.`,
          ),
    ),
  ];
}
