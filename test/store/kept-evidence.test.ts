import { expect, it } from 'vitest';
import { redactCase } from '../../src/redact/redact-case.ts';
import { keepEvidence, keptEvidence } from '../../src/store/kept-evidence.ts';
import { createMemoryRecords } from '../../src/store/memory-records.ts';

const DAY_MS = 24 * 3_600_000;

it('keeps the redacted evidence of a run for seven days', async () => {
  let now = 1_000_000;
  const records = createMemoryRecords(() => now);
  const evidence = redactCase([{ name: 'paste 1', text: 'set password Hunter2Hunter2' }]);
  expect(await keepEvidence(records, 'run-1', evidence)).toBe(true);
  now += 7 * DAY_MS - 1;
  expect(await keptEvidence(records, 'run-1')).toEqual(evidence.items);
  expect(JSON.stringify(await keptEvidence(records, 'run-1'))).not.toContain('Hunter2Hunter2');
  now += 2;
  expect(await keptEvidence(records, 'run-1')).toEqual([]);
});

it('keeps none of more than 4 MB', async () => {
  const records = createMemoryRecords(() => 0);
  const evidence = redactCase([{ name: 'paste 1', text: 'x\n'.repeat(2 * 1024 * 1024 + 1) }]);
  expect(await keepEvidence(records, 'run-1', evidence)).toBe(false);
  expect(await keptEvidence(records, 'run-1')).toEqual([]);
});
