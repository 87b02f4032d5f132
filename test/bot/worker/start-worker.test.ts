import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collect } from '../../../src/device/collector.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { getJobEvidence, putJobEvidence } from '../../../src/platform/store/kept-evidence.ts';
import { until } from '../../support/until.ts';
import { openTestWorker, STATUS, type TestWorker } from './test-worker.ts';

let worker: TestWorker;
beforeEach(() => {
  worker = openTestWorker();
});
afterEach(() => worker.close());

it.each([
  ['an invalid time', { acceptedAt: 'yesterday' }],
  ['a time that became null on its way', { acceptedAt: Number.NaN }],
  ['no place to answer', { replyTo: null }],
])('a forged job with %s fails once, and no device is read', async (_, forged) => {
  let reads = 0;
  await worker.start(async () => {
    reads += 1;
    return [STATUS];
  });
  const job = {
    runId: 'run-1',
    asker: { id: 'UANA' },
    replyTo: { channel: 'C1' },
    acceptedAt: 1000,
    kind: 'check',
    alias: 'fgt-hq',
  };
  await worker.queue.enqueue({ id: 'run-1', data: { ...job, ...forged } as never, jobGroup: 'fgt-hq' });
  await until(async () => (await worker.queue.state('run-1')) === 'failed', 'it failed');
  expect([reads, worker.answers, await worker.runs.get('run-1')]).toEqual([0, [], undefined]);
});

const ANALYSIS = {
  runId: 'run-1',
  asker: { id: 'UANA' },
  replyTo: { channel: 'C1' },
  acceptedAt: 1000,
  kind: 'analyze',
} as const;

it('diagnoses evidence that lies beside its job, which is gone once it is answered', async () => {
  const evidence = redact([
    { name: 'fgt.conf', text: 'config system ftm-push\n    set status disable\nend\n' },
  ]);
  const focus = { readAt: ANALYSIS.acceptedAt };
  await putJobEvidence(worker.records, 'run-1', { evidence, focus, version: '1.2.3' });
  worker.failAnswers(1);
  await worker.start(() => Promise.reject(new Error('no device')));
  await worker.queue.enqueue({ id: 'run-1', data: ANALYSIS });
  await worker.answered();
  expect(worker.answers[0]?.outcome).toMatchObject({
    kind: 'diagnosed',
    diagnosis: JSON.parse(JSON.stringify(diagnose(evidence, focus))),
  });
  await until(async () => (await worker.queue.state('run-1')) === 'completed', 'it is completed');
  expect(await getJobEvidence(worker.records, 'run-1')).toBeUndefined();
});

it('asks again for evidence that was lost', async () => {
  await worker.start(() => Promise.reject(new Error('no device')));
  await worker.queue.enqueue({ id: 'run-1', data: ANALYSIS });
  await worker.answered();
  expect(worker.answers[0]?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_internal' });
});

describe('a check', () => {
  it('reads the device and answers with the diagnosis', async () => {
    const requests: Parameters<Collect>[0][] = [];
    await worker.start(async (request) => {
      requests.push(request);
      return [STATUS];
    });
    await worker.ask('run-1');
    await worker.answered();
    expect(worker.answers[0]?.outcome).toMatchObject({
      kind: 'diagnosed',
      tookMs: 2000,
      diagnosis: { device: { alias: 'fgt-hq', version: '7.2.8' } },
    });
    expect(requests[0]?.device.alias).toBe('fgt-hq');
    expect(requests[0]?.commands).toContain('ftm-push');
  });

  it.each([
    [new FtmError('ftm_device_unreachable', 'It refused.', { advice: 'Look.', retryable: true }), 2],
    [new FtmError('ftm_device_auth_failed', 'Wrong password.', { advice: 'Look.' }), 1],
    [new FtmError('ftm_host_key_changed', 'Another key.', { advice: 'Look.' }), 1],
  ])('answers %s after the right number of tries', async (error, tries) => {
    let calls = 0;
    await worker.start(() => {
      calls += 1;
      return Promise.reject(error);
    });
    await worker.ask('run-1');
    await worker.answered();
    expect(worker.answers.map(({ outcome }) => outcome)).toEqual([
      { kind: 'failed', code: error.code, message: error.message, advice: 'Look.' },
    ]);
    expect(calls).toBe(tries);
  });

  it('shows no progress any more when another process may have its next try', async () => {
    const stoppedBefore: number[] = [];
    await worker.start(() => {
      stoppedBefore.push(worker.stopped.length);
      return Promise.reject(new FtmError('ftm_device_unreachable', 'It refused.', { retryable: true }));
    });
    await worker.ask('run-1');
    await worker.answered();
    expect(stoppedBefore).toEqual([0, 1]);
  });

  it('shows nothing of an error that is not ours', async () => {
    await worker.start(() => Promise.reject(new Error('hunter2')));
    await worker.ask('run-1');
    await worker.answered();
    expect(worker.answers[0]?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_internal' });
    expect(JSON.stringify(worker.answers)).not.toContain('hunter2');
  });

  it('refuses when the inventory no longer allows it', async () => {
    let reads = 0;
    await worker.start(async () => {
      reads += 1;
      return [STATUS];
    });
    await worker.ask('run-1', 'UEVE');
    await worker.answered();
    expect(worker.answers[0]?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_not_allowed' });
    expect(reads).toBe(0);
  });

  it('gives a request that joined the same outcome, in its own thread', async () => {
    let calls = 0;
    const gate = Promise.withResolvers<void>();
    await worker.start(async () => {
      calls += 1;
      await gate.promise;
      return [STATUS];
    });
    await worker.ask('run-1');
    await worker.ask('run-2');
    gate.resolve();
    await worker.answered(2);
    expect(worker.answers.map(({ run }) => run.id).sort()).toEqual(['run-1', 'run-2']);
    expect(worker.answers[0]?.outcome).toEqual(worker.answers[1]?.outcome);
    expect(calls).toBe(1);
  });

  it('says of a cancelled one that debug may be on, which is more than that it was cancelled', async () => {
    await worker.start(
      ({ signal }) =>
        new Promise((_, reject) =>
          signal?.addEventListener('abort', () =>
            reject(
              new FtmError('ftm_debug_left_on', 'The debug could not be switched off.', { advice: 'Type.' }),
            ),
          ),
        ),
    );
    await worker.ask('run-1');
    await until(async () => (await worker.queue.state('run-1')) === 'active', 'it runs');
    await worker.queue.cancel('run-1', 'Ana cancelled it.');
    await worker.answered();
    expect(worker.answers[0]?.outcome).toEqual({
      kind: 'failed',
      code: 'ftm_debug_left_on',
      message: 'The debug could not be switched off.',
      advice: 'Type.',
    });
  });

  it('says that the debug of another process could not be switched off', async () => {
    await worker.start(async ({ onLeftover }) => {
      await onLeftover?.(false);
      return [STATUS];
    });
    await worker.ask('run-1');
    await worker.answered();
    expect(worker.answers[0]?.outcome).toMatchObject({
      diagnosis: {
        live: { state: 'left-on', commands: ['diagnose debug disable', 'diagnose debug reset'] },
      },
    });
  });

  it('is answered when it is cancelled, running or waiting', async () => {
    await worker.start(
      ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    );
    await worker.ask('run-1');
    await worker.ask('run-2');
    await until(async () => (await worker.queue.state('run-1')) === 'active', 'run-1 to start');
    expect(await worker.queue.cancel('run-2', 'Ana cancelled it.')).toBe(true);
    expect(await worker.queue.cancel('run-1', 'Ana cancelled it.')).toBe(true);
    await worker.answered(2);
    for (const { outcome } of worker.answers) {
      expect(outcome).toEqual({ kind: 'failed', code: 'ftm_cancelled', message: 'Ana cancelled it.' });
    }
  });
});
