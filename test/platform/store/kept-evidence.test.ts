import { expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { createEvidenceStore, keptCase, keptEvidence } from '../../../src/platform/store/kept-evidence.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { type KeptCase, packCase } from '../../../src/platform/store/packed-case.ts';

const DAY_MS = 24 * 3_600_000;
const LIMITS = { keepMs: 7 * DAY_MS, maxBytes: 1_000_000 };
/** Few lines: each takes time to redact. */
const TOO_LARGE = `${'x'.repeat(1023)}\n`.repeat(4 * 1024 + 1);
const SECRET = 'Hunter2Hunter2';

function caseOf(text: string): KeptCase {
  return { evidence: redact([{ name: 'paste 1', text }]), focus: { readAt: 5 }, version: '1.2.3' };
}

it('keeps what was read for a run, redacted, with the question, for a limited time', async () => {
  let now = 1_000_000;
  const records = createMemoryRecords(() => now);
  const kept = caseOf(`set password ${SECRET}`);
  expect(await createEvidenceStore(records, LIMITS, () => now).keep('run-1', kept)).toBe(true);
  now += 7 * DAY_MS - 1;
  expect(await keptCase(records, { id: 'run-1' })).toEqual(kept);
  expect(JSON.stringify(await keptEvidence(records, { id: 'run-1' }))).not.toContain(SECRET);
  now += 2;
  expect(await keptCase(records, { id: 'run-1' })).toBeUndefined();
  expect(await keptEvidence(records, { id: 'run-1' })).toEqual([]);
});

it.each([
  ['less', DAY_MS, DAY_MS],
  ['no more', 30 * DAY_MS, 7 * DAY_MS],
])('keeps a run for %s than others where it is asked to', async (_, forMs, expected) => {
  let now = 1_000_000;
  const records = createMemoryRecords(() => now);
  await createEvidenceStore(records, LIMITS, () => now).keep('run-1', caseOf('x'), forMs);
  now += expected - 1;
  expect(await keptCase(records, { id: 'run-1' })).toBeDefined();
  now += 1;
  expect(await keptCase(records, { id: 'run-1' })).toBeUndefined();
});

it('keeps none of more than 4 MB', async () => {
  const records = createMemoryRecords(() => 0);
  const store = createEvidenceStore(records, LIMITS, () => 0);
  const { evidence, ...rest } = caseOf('x');
  const items = evidence.items.map((item) => ({ ...item, text: TOO_LARGE }));
  expect(await store.keep('run-1', { ...rest, evidence: { ...evidence, items } })).toBe(false);
  expect(await keptCase(records, { id: 'run-1' })).toBeUndefined();
});

it('keeps what the last attempt of a run read', async () => {
  const records = createMemoryRecords(() => 0);
  const store = createEvidenceStore(records, LIMITS, () => 0);
  await store.keep('run-1', caseOf('the first'));
  await store.keep('run-1', caseOf('the second'));
  expect(await keptEvidence(records, { id: 'run-1' })).toMatchObject([{ text: 'the second' }]);
  expect(await records.membersSince('evidence', 0)).toHaveLength(1);
});

it('removes the oldest where all together take more than the limit', async () => {
  let now = 1_000_000;
  const records = createMemoryRecords(() => now);
  const noise = (seed: number) =>
    Array.from({ length: 2_000 }, (_, index) => ((index + seed) * 7919).toString(36)).join(' ');
  const store = createEvidenceStore(records, { keepMs: 7 * DAY_MS, maxBytes: 30_000 }, () => now);
  for (let run = 1; run <= 9; run += 1) {
    now += 1;
    expect(await store.keep(`run-${run}`, caseOf(noise(run)))).toBe(true);
  }
  const left = await Promise.all(
    Array.from(
      { length: 9 },
      async (_, index) => (await keptCase(records, { id: `run-${index + 1}` })) !== undefined,
    ),
  );
  const first = left.indexOf(true);
  expect(first).toBeGreaterThan(0);
  expect(left.slice(first)).toEqual(left.slice(first).map(() => true));
  const members = await records.membersSince('evidence', 0);
  const bytes = members.reduce((sum, member) => sum + Number.parseInt(member, 10), 0);
  expect(bytes).toBeLessThanOrEqual(30_000);
  expect(members).toHaveLength(9 - first);
});

it('keeps what lay packed beside its job, and none of more than 4 MB', async () => {
  const records = createMemoryRecords(() => 0);
  const store = createEvidenceStore(records, LIMITS, () => 0);
  const [kept, large] = [caseOf('a\n\u4e2d\n'), caseOf(TOO_LARGE)];
  expect(await store.keep('run-1', await packCase(kept))).toBe(true);
  expect(await keptCase(records, { id: 'run-1' })).toEqual(kept);
  expect(await store.keep('run-2', await packCase(large))).toBe(false);
  expect(await keptCase(records, { id: 'run-2' })).toBeUndefined();
});
