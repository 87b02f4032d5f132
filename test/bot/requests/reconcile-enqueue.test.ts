import { afterEach, beforeEach, expect, it } from 'vitest';
import { reconcileEnqueue } from '../../../src/bot/requests/reconcile-enqueue.ts';
import type { FtmError } from '../../../src/engine/ftm-error.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import { queueUnavailable, queueUncertain } from '../../../src/platform/queue/job-rules.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import type { RequestJob } from '../../../src/platform/runs/queue-job.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import type { RunStore } from '../../../src/platform/store/run-store.ts';

const RUN: Run = {
  id: 'run-1',
  asker: { id: 'UANA' },
  replyTo: { channel: 'C1' },
  acceptedAt: Date.now(),
  kind: 'check',
};
const JOB: RequestJob = {
  runId: RUN.id,
  asker: RUN.asker,
  replyTo: RUN.replyTo,
  acceptedAt: RUN.acceptedAt,
  kind: 'check',
  alias: 'fgt-hq',
};
const AWAY = queueUnavailable('Redis is not reachable');
const UNCERTAIN = queueUncertain(new Error('frozen'));

let queue: RunQueue;
let runs: RunStore;
beforeEach(() => {
  queue = createInProcessQueue({ log: silentLogger });
  runs = createMemoryRunStore();
});
afterEach(async () => {
  await queue.close(0);
  await runs.close();
});

function withdrawn(told: FtmError, on = queue) {
  return reconcileEnqueue(JOB, told, { queue: on, runs, logger: silentLogger, everyMs: 1 });
}

it.each([
  ['what was refused stays refused, and that was said already', AWAY, undefined],
  ['what nobody knew is known now', UNCERTAIN, 'not-taken'],
])('uses the id up: %s', async (_what, told, expected) => {
  expect(await withdrawn(told)).toBe(expected);
  expect(await queue.enqueue({ id: JOB.runId, data: JOB })).toEqual({ state: 'duplicate' });
});

it.each([
  ['a refusal', AWAY],
  ['a doubt', UNCERTAIN],
])('corrects %s where the request is at work', async (_what, told) => {
  await queue.enqueue({ id: JOB.runId, data: JOB });
  await runs.create(RUN);
  expect(await withdrawn(told)).toBe('taken');
});

it.each([
  ['a refusal', AWAY],
  ['a doubt', UNCERTAIN],
])('corrects %s where a worker answers it, though the queue lost the job', async (_what, told) => {
  await runs.create(RUN);
  expect(await withdrawn(told)).toBe('taken');
});

it('does not take the mark of another process for the request', async () => {
  expect(await withdrawn(AWAY)).toBeUndefined();
  expect(await withdrawn(UNCERTAIN)).toBe('not-taken');
});

it('waits for the queue to come back', async () => {
  let away = 3;
  const shaky: RunQueue = {
    ...queue,
    enqueue(job) {
      away -= 1;
      return away > 0 ? Promise.reject(AWAY) : queue.enqueue(job);
    },
  };
  expect(await withdrawn(UNCERTAIN, shaky)).toBe('not-taken');
});

it('gives up on an error that will not pass', async () => {
  const broken = { ...queue, enqueue: () => Promise.reject(new Error('a mistake')) };
  expect(await withdrawn(AWAY, broken)).toBeUndefined();
});
