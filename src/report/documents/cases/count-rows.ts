import { formatNumber, plural } from '../printable.ts';
import { type CaseRow, stateWord } from './case-row.ts';

const ORDER = [
  'broken',
  'affected',
  'not read',
  'not clear',
  'skipped',
  'works',
  'in order',
  'not in use',
  'not affected',
  'not from a FortiGate',
];

/** `312 files: 4 broken, 28 not clear, 280 in order`. `what` is one of them. */
export function countLine(rows: readonly CaseRow[], what: string): string {
  const words = rows.map(stateWord);
  const counts = ORDER.flatMap((word) => {
    const count = words.filter((each) => each === word).length;
    return count === 0 ? [] : [`${formatNumber(count)} ${word}`];
  });
  return `${plural(rows.length, what)}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
}

/** The worst status, in the order 1, 4, 2, 3, 0. Unrelated cases are ignored unless there are no others. */
export function statusOfRows(rows: readonly CaseRow[]): 0 | 1 | 2 | 3 | 4 {
  const statuses = new Set(rows.flatMap(exitStatuses));
  if (statuses.size === 0) return 3;
  return ([1, 4, 2, 3, 0] as const).find((status) => statuses.has(status)) ?? 0;
}

/** With a baseline only new findings count. */
export function statusOfNew(rows: readonly CaseRow[]): 0 | 1 | 2 | 4 {
  if (rows.some(({ findings }) => findings.some(({ isNew }) => isNew))) return 1;
  const failed = rows.filter(({ state }) => state === 'failed');
  if (failed.some(({ status }) => status === 4)) return 4;
  return failed.length > 0 ? 2 : 0;
}

function exitStatuses({ state, status }: CaseRow): readonly (0 | 1 | 2 | 3 | 4)[] {
  if (state === 'failed') return [status ?? 2];
  if (state === 'broken') return [1];
  if (state === 'inconclusive') return [3];
  return state === 'healthy' ? [0] : [];
}
