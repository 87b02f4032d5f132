import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/config/inventory.ts';
import type { Delivery } from '../../src/delivery/types.ts';
import type { Collect } from '../../src/device/collector.ts';
import type { EvidenceItem } from '../../src/evidence/types.ts';
import { FtmError } from '../../src/ftm-error.ts';
import { silentLogger } from '../../src/observe/logger.ts';
import { createInProcessQueue } from '../../src/queue/in-process-queue.ts';
import { createRunQueue, type RunQueue } from '../../src/queue/run-queue.ts';
import { createDebugSessions } from '../../src/recovery/debug-sessions.ts';
import type { QueueJob } from '../../src/runs/queue-job.ts';
import type { Run, RunOutcome } from '../../src/runs/run.ts';
import { createGroupStore } from '../../src/store/group-store.ts';
import { createMemoryRecords } from '../../src/store/memory-records.ts';
import { createMemoryRunStore } from '../../src/store/memory-run-store.ts';
import type { RunStore } from '../../src/store/run-store.ts';
import { createSweepStore } from '../../src/store/sweep-store.ts';
import { startWorker } from '../../src/worker/start-worker.ts';
import { until } from '../support/until.ts';

const inventory = parseInventory(
  `
defaults: { username: u, password: { env: P } }
devices: { fgt-hq: { address: 192.0.2.1, vdom: customer-1 } }
access: [{ users: [UANA], devices: ["*"] }]
`,
  'inventory.yaml',
);

const STATUS: EvidenceItem = {
  name: 'get system status',
  command: 'get system status',
  text: 'Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\nSerial-Number: FGT60FTK20000001\nHostname: fgt-hq',
};

let stored: Parameters<typeof createRunQueue>[0];
let queue: RunQueue;
let runs: RunStore;
let answers: { readonly run: Run; readonly outcome: RunOutcome }[];
let slackDown: number;
let quieted: string[];
let folded: string[];
let pictured: string[];

beforeEach(() => {
  stored = createInProcessQueue({ log: silentLogger });
  queue = createRunQueue(stored);
  runs = createMemoryRunStore({ now: () => 3000 });
  answers = [];
  slackDown = 0;
  quieted = [];
  folded = [];
  pictured = [];
});
afterEach(async () => {
  await queue.close(0);
  await runs.close();
});

/** Says an answer once and remembers that, as the real one does; `slackDown` calls fail first. */
const delivery: Delivery = {
  postPlaceholder: async (run) => ({ state: 'ready', run: { ...run, answerTs: '1.0' } }),
  progress: () => undefined,
  postQueued: async () => undefined,
  updateQueuePosition: async () => 0,
  stopProgress: async (id) => void quieted.push(id),
  attachReport: async () => ({ kind: 'attached' }),
  attachPicture: async ({ id }) => void pictured.push(id),
  collapseSuperseded: async ({ id }) => void folded.push(id),
  showGroup: () => undefined,
  deliverGroup: async ({ id }) => void (await runs.update(id, { answeredAt: Date.now() })),
  async deliver(run, outcome) {
    if (slackDown > 0) {
      slackDown -= 1;
      throw new FtmError('ftm_slack_failed', 'Slack is away.', { retryable: true });
    }
    if ((await runs.get(run.id))?.answeredAt !== undefined) return;
    answers.push({ run, outcome });
    await runs.update(run.id, { outcome, answeredAt: Date.now() });
  },
};

function start(collect: Collect): Promise<void> {
  return startWorker({
    inventory,
    queue,
    runs,
    collect,
    debugSessions: createDebugSessions(createMemoryRecords(), Date.now),
    delivery,
    userGroupsOf: async () => [],
    groups: createGroupStore(createMemoryRecords()),
    sweeps: createSweepStore(createMemoryRecords(), () => 3000),
    logger: silentLogger,
    now: () => 3000,
    concurrency: 4,
  });
}

async function ask(runId: string, asker = 'UANA'): Promise<void> {
  const job: QueueJob = {
    runId,
    asker: { id: asker },
    replyTo: { channel: 'C1' },
    acceptedAt: 1000,
    kind: 'check',
    alias: 'fgt-hq',
    user: 'wren',
  };
  await queue.enqueue({ id: runId, data: job, lane: 'fgt-hq', joinKey: 'fgt-hq wren' });
}

function answered(count = 1): Promise<void> {
  return until(() => answers.length >= count, `${count} answers`);
}

it.each([
  ['an invalid time', { acceptedAt: 'yesterday' }],
  ['a time that became null on its way', { acceptedAt: Number.NaN }],
  ['no place to answer', { replyTo: null }],
])('a forged job with %s fails once, and no device is read', async (_, forged) => {
  let reads = 0;
  await start(async () => {
    reads += 1;
    return [STATUS];
  });
  const request = { kind: 'check', alias: 'fgt-hq' };
  const job = {
    runId: 'run-1',
    asker: { id: 'UANA' },
    replyTo: { channel: 'C1' },
    acceptedAt: 1000,
    request,
  };
  await stored.enqueue({ id: 'run-1', data: { ...job, ...forged } as never, lane: 'fgt-hq' });
  await until(async () => (await queue.state('run-1')) === 'failed', 'it failed');
  expect([reads, answers, await runs.get('run-1')]).toEqual([0, [], undefined]);
});

describe('a check', () => {
  it('reads the device and answers with the diagnosis', async () => {
    const requests: Parameters<Collect>[0][] = [];
    await start(async (request) => {
      requests.push(request);
      return [STATUS];
    });
    await ask('run-1');
    await answered();
    expect(answers[0]?.outcome).toMatchObject({
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
    await start(() => {
      calls += 1;
      return Promise.reject(error);
    });
    await ask('run-1');
    await answered();
    expect(answers.map(({ outcome }) => outcome)).toEqual([
      { kind: 'failed', code: error.code, message: error.message, advice: 'Look.' },
    ]);
    expect(calls).toBe(tries);
  });

  it('shows no progress any more when another process may have its next try', async () => {
    const quietedBefore: number[] = [];
    await start(() => {
      quietedBefore.push(quieted.length);
      return Promise.reject(new FtmError('ftm_device_unreachable', 'It refused.', { retryable: true }));
    });
    await ask('run-1');
    await answered();
    expect(quietedBefore).toEqual([0, 1]);
  });

  it('shows nothing of an error that is not ours', async () => {
    await start(() => Promise.reject(new Error('hunter2')));
    await ask('run-1');
    await answered();
    expect(answers[0]?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_internal' });
    expect(JSON.stringify(answers)).not.toContain('hunter2');
  });

  it('refuses when the inventory no longer allows it', async () => {
    let reads = 0;
    await start(async () => {
      reads += 1;
      return [STATUS];
    });
    await ask('run-1', 'UEVE');
    await answered();
    expect(answers[0]?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_not_allowed' });
    expect(reads).toBe(0);
  });

  it('gives a request that joined the same outcome, in its own thread', async () => {
    let calls = 0;
    const gate = Promise.withResolvers<void>();
    await start(async () => {
      calls += 1;
      await gate.promise;
      return [STATUS];
    });
    await ask('run-1');
    await ask('run-2');
    gate.resolve();
    await answered(2);
    expect(answers.map(({ run }) => run.id).sort()).toEqual(['run-1', 'run-2']);
    expect(answers[0]?.outcome).toEqual(answers[1]?.outcome);
    expect(calls).toBe(1);
  });

  it('says of a cancelled one that debug may be on, which is more than that it was cancelled', async () => {
    await start(
      ({ signal }) =>
        new Promise((_, reject) =>
          signal?.addEventListener('abort', () =>
            reject(
              new FtmError('ftm_debug_left_on', 'The debug could not be switched off.', { advice: 'Type.' }),
            ),
          ),
        ),
    );
    await ask('run-1');
    await until(async () => (await queue.state('run-1')) === 'active', 'it runs');
    await queue.cancel('run-1', 'Ana cancelled it.');
    await answered();
    expect(answers[0]?.outcome).toEqual({
      kind: 'failed',
      code: 'ftm_debug_left_on',
      message: 'The debug could not be switched off.',
      advice: 'Type.',
    });
  });

  it('says that the debug of another process could not be switched off', async () => {
    await start(async ({ onLeftover }) => {
      await onLeftover?.(false);
      return [STATUS];
    });
    await ask('run-1');
    await answered();
    expect(answers[0]?.outcome).toMatchObject({
      diagnosis: {
        live: { state: 'left-on', commands: ['diagnose debug disable', 'diagnose debug reset'] },
      },
    });
  });

  it('is answered when it is cancelled, running or waiting', async () => {
    await start(
      ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    );
    await ask('run-1');
    await ask('run-2');
    await until(async () => (await queue.state('run-1')) === 'active', 'run-1 to start');
    expect(await queue.cancel('run-2', 'Ana cancelled it.')).toBe(true);
    expect(await queue.cancel('run-1', 'Ana cancelled it.')).toBe(true);
    await answered(2);
    for (const { outcome } of answers) {
      expect(outcome).toEqual({ kind: 'failed', code: 'ftm_cancelled', message: 'Ana cancelled it.' });
    }
  });
});

describe('after an interruption', () => {
  it('does not read the device again because Slack was away', async () => {
    let calls = 0;
    slackDown = 1;
    await start(async () => {
      calls += 1;
      return [STATUS];
    });
    await ask('run-1');
    await answered();
    expect(calls).toBe(1);
    expect(answers).toHaveLength(1);
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
    await runs.create(run);
    if (outcome) await runs.update('run-1', { outcome });
    await start(() => Promise.reject(new Error('must not be called')));
    const { asker, replyTo, acceptedAt } = run;
    const data: QueueJob = {
      runId: 'run-1',
      asker,
      replyTo,
      acceptedAt,
      kind: 'late-answer',
    };
    await queue.enqueue({ id: 'run-1.late-0', data });
    await answered();
    expect(answers.map((each) => each.outcome)).toEqual([
      outcome ?? expect.objectContaining({ code: 'ftm_internal', message: expect.stringContaining('lost') }),
    ]);
  });

  it('does nothing for a request that was withdrawn', async () => {
    await start(() => Promise.reject(new Error('must not be called')));
    const data: QueueJob = {
      runId: 'run-1',
      acceptedAt: 1,
      kind: 'release-id',
    };
    await queue.enqueue({ id: 'run-1', data });
    await until(async () => (await queue.state('run-1')) === 'completed', 'the job to end');
    expect(answers).toEqual([]);
    expect(await runs.get('run-1')).toBeUndefined();
  });

  it('neither looks nor speaks again for a run that was answered', async () => {
    const outcome: RunOutcome = { kind: 'failed', code: 'ftm_cancelled', message: 'x' };
    await runs.create({
      id: 'run-1',
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      acceptedAt: 1,
      kind: 'check',
    });
    await runs.update('run-1', { outcome, answeredAt: 2 });
    await start(() => Promise.reject(new Error('must not be called')));
    await ask('run-1');
    await until(async () => (await queue.state('run-1')) === 'completed', 'the job to end');
    expect(answers).toEqual([]);
    // Who answered may not have lived to do that.
    expect(folded).toEqual(['run-1']);
    expect(pictured).toEqual(['run-1']);
  });
});
