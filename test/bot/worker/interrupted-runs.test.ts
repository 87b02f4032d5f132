import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import type { Run, RunOutcome } from '../../../src/platform/runs/run.ts';
import { until } from '../../support/until.ts';
import { openTestWorker, STATUS, type TestWorker } from './test-worker.ts';

let worker: TestWorker;
beforeEach(() => {
  worker = openTestWorker();
});
afterEach(() => worker.close());

describe('after an interruption', () => {
  it.each([
    ['an alert', 'alert:pagerduty'],
    ['a person', 'UANA'],
  ])('%s: pages do not wait for Slack, which failed twice', async (_, id) => {
    worker.failAnswers(3);
    const calls: (boolean | undefined)[] = [];
    await worker.start(async () => [STATUS], {
      onAnswered: async (_run, { early } = {}) => void calls.push(early),
    });
    await worker.ask('run-1', id);
    await worker.answered();
    await until(() => calls.at(-1) === undefined && calls.length > 0, 'the last call');
    expect(calls).toEqual([true, true, undefined]);
  });

  it('does not read the device again because Slack was away', async () => {
    let calls = 0;
    worker.failAnswers(1);
    await worker.start(async () => {
      calls += 1;
      return [STATUS];
    });
    await worker.ask('run-1');
    await worker.answered();
    expect(calls).toBe(1);
    expect(worker.answers).toHaveLength(1);
  });

  it.each([
    ['what was found out', { kind: 'failed', code: 'ftm_device_timeout', message: 'slow' }],
    ['that nothing was found out', undefined],
  ] as const)('only says, when it comes late, %s', async (_what, outcome) => {
    const run: Run = {
      id: 'run-1',
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      acceptedAt: 1,
      kind: 'analyze',
    };
    await worker.runs.create(run);
    if (outcome) await worker.runs.update('run-1', { outcome });
    await worker.start(() => Promise.reject(new Error('must not be called')));
    const { asker, replyTo, acceptedAt } = run;
    const data: QueueJob = {
      runId: 'run-1',
      asker,
      replyTo,
      acceptedAt,
      kind: 'late',
    };
    await worker.queue.enqueue({ id: 'run-1.late-0', data });
    await worker.answered();
    expect(worker.answers.map((each) => each.outcome)).toEqual([
      outcome ?? expect.objectContaining({ code: 'ftm_internal', message: expect.stringContaining('lost') }),
    ]);
  });

  it('does nothing for a request that was withdrawn', async () => {
    await worker.start(() => Promise.reject(new Error('must not be called')));
    const data: QueueJob = {
      runId: 'run-1',
      acceptedAt: 1,
      kind: 'withdraw',
    };
    await worker.queue.enqueue({ id: 'run-1', data });
    await until(async () => (await worker.queue.state('run-1')) === 'completed', 'the job to end');
    expect(worker.answers).toEqual([]);
    expect(await worker.runs.get('run-1')).toBeUndefined();
  });

  it('neither looks nor speaks again for a run that was answered', async () => {
    const outcome: RunOutcome = { kind: 'failed', code: 'ftm_cancelled', message: 'x' };
    await worker.runs.create({
      id: 'run-1',
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      acceptedAt: 1,
      kind: 'check',
    });
    await worker.runs.update('run-1', { outcome, answeredAt: 2 });
    await worker.start(() => Promise.reject(new Error('must not be called')));
    await worker.ask('run-1');
    await until(async () => (await worker.queue.state('run-1')) === 'completed', 'the job to end');
    expect(worker.answers).toEqual([]);
    // Who answered may not have lived to do that.
    expect(worker.collapsed).toEqual(['run-1']);
    expect(worker.pictured).toEqual(['run-1']);
  });
});
