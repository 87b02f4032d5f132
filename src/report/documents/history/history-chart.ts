import type { PastCheck, PastVerdict } from '../../../platform/runs/past-check.ts';
import { box, type Drawing, label } from '../../picture/drawing.ts';
import { plural } from '../printable.ts';
import { HISTORY_DAYS, historyDays, worstOf } from './days.ts';
import { checkCounts } from './fleet.ts';

const CLASSES = {
  broken: 'broken',
  inconclusive: 'unknown',
  failed: 'unknown',
  healthy: 'ok',
} as const satisfies Record<PastVerdict, string>;
const HEIGHTS = { broken: 40, inconclusive: 24, failed: 24, healthy: 12 } as const;
const GAP = 18;
const BOTTOM = 48;

/** One bar a day: the worst verdict of a device, up to `until` (milliseconds since the Unix epoch). */
export function historyChart(checks: readonly PastCheck[], until: number): Drawing {
  const days = historyDays(checks, until);
  const [first] = days;
  const last = days.at(-1);
  return {
    width: GAP * days.length + 4,
    height: BOTTOM + 22,
    title: `Checks of the last ${plural(HISTORY_DAYS, 'day')}`,
    description: `${checkCounts(checks)}.`,
    parts: [
      ...days.map((day, index) => {
        const worst = worstOf(day);
        const height = worst === undefined ? 4 : HEIGHTS[worst];
        const of = worst === undefined ? 'track' : CLASSES[worst];
        return box(2 + index * GAP, BOTTOM - height, GAP - 4, height, of);
      }),
      label(2, BOTTOM + 16, first?.day ?? '', { of: 'small' }),
      label(GAP * days.length, BOTTOM + 16, last?.day ?? '', { anchor: 'end', of: 'small' }),
    ],
  };
}
