import type { PastState } from '../../../platform/runs/past-check.ts';
import { box, type Drawing, label } from '../../picture/drawing.ts';
import { plural } from '../printable.ts';
import { HISTORY_DAYS, historyDays, worstVerdict } from './days.ts';
import { checkCounts } from './fleet.ts';
import type { DeviceHistoryView } from './history.ts';

const CLASSES = {
  broken: 'broken',
  inconclusive: 'unknown',
  failed: 'unknown',
  healthy: 'ok',
  works: 'ok',
} as const satisfies Record<PastState, string>;
const HEIGHTS = { broken: 40, inconclusive: 24, failed: 24, healthy: 12, works: 8 } as const;
const BOTTOM = 48;

/** One bar a day: the worst verdict of a device. */
export function historyChart({ checks, until }: DeviceHistoryView, width: number): Drawing {
  const days = historyDays(checks, until);
  const gap = Math.floor((width - 4) / days.length);
  const [first] = days;
  const last = days.at(-1);
  return {
    width: gap * days.length + 4,
    height: BOTTOM + 22,
    title: `Checks of the last ${plural(HISTORY_DAYS, 'day')}`,
    description: `${checkCounts(checks)}.`,
    parts: [
      ...days.map((day, index) => {
        const worst = worstVerdict(day);
        const height = worst === undefined ? 4 : HEIGHTS[worst];
        const of = worst === undefined ? 'track' : CLASSES[worst];
        return box(2 + index * gap, BOTTOM - height, gap - 4, height, of);
      }),
      label(2, BOTTOM + 16, first?.day ?? '', 'start', 'small'),
      label(gap * days.length, BOTTOM + 16, last?.day ?? '', 'end', 'small'),
    ],
  };
}
