import { afterEach, beforeEach, expect, it } from 'vitest';
import { recoverOrphanedRuns } from '../../../src/bot/recovery/recover-orphaned-runs.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import type { RunStore } from '../../../src/platform/store/run-store.ts';
import { until } from '../../support/until.ts';

const MINUTE = 60_000;
const NOW = 900 * MINUTE;
const PROCESS = { concurrency: 4, attempts: 1, backoffMs: 1, timeLimitMs: 5000 };

let queue: RunQueue;
let runs: RunStore;
beforeEach(() => {
  queue = createInProcessQueue({ log: silentLogger });
  runs = createMemoryRunStore({ now: () => NOW });
});
afterEach(async () => {
  await queue.close(0);
  await runs.close();
});

function runOf(id: string, ageMs: number): Run {
  const acceptedAt = NOW - ageMs;
  return {
    id,
    asker: { id: 'UANA' },
    replyTo: { channel: 'C1', thread: '1.1' },
    acceptedAt,
    kind: 'analyze',
  };
}

function sweep(now = NOW): Promise<number> {
  return recoverOrphanedRuns({ queue, runs, logger: silentLogger, now: () => now });
}

function jobOf({ id: runId, asker, replyTo, acceptedAt }: Run): QueueJob {
  return { runId, asker, replyTo, acceptedAt, kind: 'check', alias: 'fgt-hq' };
}

it('makes one job to speak for a run that no job will answer, however many sweep', async () => {
  await runs.create(runOf('lost', 3 * MINUTE));
  expect(await Promise.all([sweep(), sweep()])).toEqual(expect.arrayContaining([0, 1]));
  expect(await sweep()).toBe(0);
  const jobs: QueueJob[] = [];
  await queue.process(async (job) => {
    jobs.push(job);
    return { kind: 'failed', code: 'ftm_internal', message: '' };
  }, PROCESS);
  await until(() => jobs.length > 0, 'a job');
  expect(jobs).toMatchObject([{ runId: 'lost', kind: 'late', replyTo: { channel: 'C1', thread: '1.1' } }]);
});

it('tries again later where that did not help either, for three days', async () => {
  await runs.create(runOf('lost', 3 * MINUTE));
  expect(await sweep(NOW)).toBe(1);
  expect(await sweep(NOW + 5 * MINUTE)).toBe(0);
  expect(await sweep(NOW + 15 * MINUTE)).toBe(1);
  expect(await sweep(NOW + 4 * 24 * 60 * MINUTE)).toBe(0);
});

it('speaks for a run whose job failed, and leaves those alone that are at work, young or answered', async () => {
  const failed = runOf('failed', 9 * MINUTE);
  await queue.process(async ({ runId }) => {
    if (runId === 'failed') throw new Error('Slack is away');
    return await new Promise(() => {});
  }, PROCESS);
  for (const run of [failed, runOf('active', 9 * MINUTE), runOf('young', 1 * MINUTE)]) await runs.create(run);
  await runs.create({ ...runOf('answered', 9 * MINUTE), answeredAt: NOW });
  await queue.enqueue({ id: 'failed', data: jobOf(failed) });
  await queue.enqueue({ id: 'active', data: jobOf(runOf('active', 9 * MINUTE)) });
  await until(async () => (await queue.state('failed')) === 'failed', 'it failed');
  expect(await sweep()).toBe(1);
});
