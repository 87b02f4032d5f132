import { expect, it } from 'vitest';
import { createGroupStore, KEEP_OUTCOMES_MS } from '../../../src/platform/store/group-store.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

const DAY_MS = 24 * 3_600_000;
const ROW = { number: 0, name: 'fgt-1', state: 'failed', headline: 'No answer', findings: [] } as const;
const OUTCOME = { kind: 'failed', code: 'ftm_device_unreachable', message: 'No answer' } as const;

it.each([
  ['by default', undefined, KEEP_OUTCOMES_MS],
  ['over quiet hours', 3 * DAY_MS, 3 * DAY_MS],
])('keeps rows for a week, and what was found in each device for less %s', async (_, keepMs, expected) => {
  let now = 1_000_000;
  const groups = createGroupStore(createMemoryRecords(() => now));
  await groups.open('run-1', ['fgt-1']);
  await groups.add('run-1', ROW, OUTCOME, keepMs);
  await groups.cancel('run-1', 'Ana stopped it.');
  now += expected - 1;
  expect(await groups.outcome('run-1', 0)).toMatchObject({ kind: 'failed' });
  now += 1;
  expect(await groups.outcome('run-1', 0)).toBeUndefined();
  now += 7 * DAY_MS - expected - 1;
  expect(await groups.rows('run-1')).toEqual([ROW]);
  now += 1;
  expect(await groups.rows('run-1')).toEqual([]);
  expect(await groups.open('run-1', [])).toBeUndefined();
  expect(await groups.cancelled('run-1')).toBeUndefined();
});
