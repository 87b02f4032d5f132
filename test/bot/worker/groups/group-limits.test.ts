import { expect, it, vi } from 'vitest';
import { checkMember } from '../../../../src/bot/worker/groups/check-member.ts';
import { groupFiles } from '../../../../src/bot/worker/groups/group-result.ts';
import { startGroup } from '../../../../src/bot/worker/groups/start-group.ts';
import { startSweep } from '../../../../src/bot/worker/sweeps/start-sweep.ts';
import type { WorkerOptions } from '../../../../src/bot/worker/worker-options.ts';
import { parseInventory } from '../../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../../src/platform/observe/logger.ts';
import type { JobContext } from '../../../../src/platform/queue/job-queue.ts';
import type { JobResult } from '../../../../src/platform/queue/run-queue.ts';
import type { GroupJob } from '../../../../src/platform/runs/queue-job.ts';
import type { Run } from '../../../../src/platform/runs/run.ts';
import { createGroupStore } from '../../../../src/platform/store/group-store.ts';
import { createMemoryRecords } from '../../../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../../../src/platform/store/memory-run-store.ts';
import { createSweepStore } from '../../../../src/platform/store/sweep-store.ts';

const HOUR = 3_600_000;
const SATURDAY_AT_THREE = Date.UTC(2026, 10, 28, 3);
const NO_ANSWER = { state: 'failed', headline: 'No answer', findings: [] } as const;
const inventory = parseInventory(
  `defaults: { username: ftm-check, password: { env: X } }
devices: { fgt-1: { address: 192.0.2.1, hostKeys: ['SHA256:${'a'.repeat(43)}'] } }
groups: { branches: {} }
sweeps: [{ name: nightly, group: "*", cron: "0 3 * * *", channel: C0SUPPORT, quietHours: [{ from: "00:00", until: "08:00" }] }]
access: []`,
  'inventory.yaml',
);

function setUp() {
  const records = createMemoryRecords(() => SATURDAY_AT_THREE);
  const enqueue = vi.fn(async () => ({ state: 'queued' }));
  const collect = vi.fn();
  const options = {
    inventory,
    queue: { enqueue },
    runs: createMemoryRunStore(),
    groups: createGroupStore(records),
    sweeps: createSweepStore(records, () => SATURDAY_AT_THREE),
    logger: silentLogger,
    collect,
    now: () => SATURDAY_AT_THREE,
  } as unknown as WorkerOptions;
  return { options, enqueue, collect };
}

const context = { id: 'job', attempt: 2, signal: new AbortController().signal } as JobContext<JobResult>;
const base = { acceptedAt: SATURDAY_AT_THREE, asker: { id: 'ftm-check' }, replyTo: { channel: 'C0SUPPORT' } };
const job: GroupJob = {
  ...base,
  kind: 'group',
  runId: 'run',
  group: '*',
  aliases: ['fgt-1'],
  sweep: 'nightly',
};

it('a sweep that goes on when all devices are read waits for the end of the quiet hours, too', async () => {
  const { options, enqueue } = setUp();
  await options.groups.open('run', ['fgt-1']);
  await options.groups.add('run', { ...NO_ANSWER, number: 0, name: 'fgt-1' });
  await startGroup(job, context, options);
  expect(enqueue).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ delayMs: 5 * HOUR }));
});

it.each([
  [23, 0],
  [25, 1],
])('a sweep of %i hours before without a result leaves room for %i', async (hours, expected) => {
  const { options, enqueue } = setUp();
  const acceptedAt = SATURDAY_AT_THREE - hours * HOUR;
  const before: Run = { ...base, id: 'before', kind: 'group', acceptedAt };
  await options.runs.create(before);
  await options.sweeps.setCurrent('nightly', before.id);
  const data = { kind: 'sweep', runId: 'job', acceptedAt: 0, sweep: 'nightly' } as const;
  await startSweep(data, context, options);
  expect(enqueue).toHaveBeenCalledTimes(expected);
});

it('a device of a group that was cancelled is not read', async () => {
  const { options, collect } = setUp();
  await options.groups.cancel('run', 'Ana stopped it.');
  const member = { of: 'run', number: 0, size: 1 };
  await checkMember(
    { ...base, kind: 'group-member', runId: 'run.0', alias: 'fgt-1', member },
    context,
    options,
  );
  expect(collect).not.toHaveBeenCalled();
  expect(await options.groups.rows('run')).toEqual([]);
});

it('the report of 500 devices has the pages of the worst, and the table all of them', async () => {
  const rows = Array.from({ length: 500 }, (_, number) => ({ ...NO_ANSWER, number, name: `fgt-${number}` }));
  const message = 'x'.repeat(50_000);
  const groups = {
    outcome: async () => ({ kind: 'failed', code: 'ftm_internal', message, advice: '' }) as const,
  };
  const view = { runId: 'run', group: '*', size: 500, rows, state: 'done' } as const;
  const [csv, , html] = await groupFiles(view, { groups });
  expect(csv?.content.trim().split('\r\n')).toHaveLength(501);
  expect(html?.content.length).toBeLessThan(9_000_000);
  for (const { name } of rows) expect(html?.content).toContain(name);
});
