import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunProgress } from '../../../src/bot/delivery/types.ts';
import { createRequestService } from '../../../src/bot/requests/create-requests.ts';
import { createPastRuns } from '../../../src/bot/requests/past-runs.ts';
import type { NewRun, Requests } from '../../../src/bot/requests/ports.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { createLogger } from '../../../src/platform/observe/create-logger.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import { queueUnavailable } from '../../../src/platform/queue/job-rules.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import { createGroupStore } from '../../../src/platform/store/group-store.ts';
import { getJobEvidence } from '../../../src/platform/store/kept-evidence.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import { openCase } from '../../../src/platform/store/packed-case.ts';
import type { Records } from '../../../src/platform/store/records.ts';
import type { RunStore } from '../../../src/platform/store/run-store.ts';

const inventory = parseInventory(
  `
defaults: { username: u, password: { env: P } }
devices:
  fgt-branch-07: { address: 192.0.2.7 }
  fgt-hq: { address: 192.0.2.1 }
access:
  - { users: [UANA], devices: ["*"] }
  - { users: [UBEN], devices: [fgt-hq] }
  - { channels: [C01], devices: [fgt-hq] }
`,
  'inventory.yaml',
);

let queue: RunQueue;
let runs: RunStore;
let records: Records;
let log: string[];
let services: Requests;
let waiting: (readonly [id: string, ahead: number])[];
let announced: { readonly id: string; readonly progress: RunProgress }[];

beforeEach(() => {
  queue = createInProcessQueue({ log: silentLogger });
  runs = createMemoryRunStore({ now: () => 5000 });
  records = createMemoryRecords();
  log = [];
  announced = [];
  waiting = [];
  services = createServices(queue);
});
afterEach(async () => {
  await queue.close(0);
  await runs.close();
});

function createServices(on: RunQueue): Requests {
  return createRequestService({
    groupLimit: 3,
    inventory,
    queue: on,
    runs,
    records,
    logger: createLogger({ level: 'info', to: { write: (line) => void log.push(line) } }),
    now: () => 1000,
    userGroupsOf: async () => [],
    async postQueued(run, progress) {
      announced.push({ id: run.id, progress });
      return undefined;
    },
    onWaiting: (run, ahead) => void waiting.push([run.id, ahead]),
    autodetect: { isOn: async () => true, set: async () => 'done' },
    past: createPastRuns({
      inventory,
      queue: on,
      runs,
      logger: silentLogger,
      now: () => 1000,
      history: { read: async () => [] },
      delivery: { attachReport: async () => ({ kind: 'attached' }), deliver: async () => undefined },
      groups: createGroupStore(createMemoryRecords()),
      recordFeedback: async () => undefined,
    }),
  });
}

function checkOf(
  runId: string,
  request: { alias: string; user?: string; vdom?: string },
  asker = 'UANA',
): NewRun {
  return { runId, asker: { id: asker }, replyTo: { channel: 'C1' }, kind: 'check', ...request };
}

describe('accept', () => {
  it('queues the run and remembers it, under the alias of the inventory', async () => {
    expect(await services.accept(checkOf('run-1', { alias: 'FGT-Branch-07' }))).toEqual({
      state: 'queued',
      ahead: 0,
    });
    expect(await runs.get('run-1')).toEqual({
      id: 'run-1',
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      acceptedAt: 1000,
      alias: 'fgt-branch-07',
      kind: 'check',
    });
    expect(await queue.state('run-1')).toBe('waiting');
  });

  it('takes the same request once', async () => {
    await services.accept(checkOf('run-1', { alias: 'fgt-hq' }));
    expect(await services.accept(checkOf('run-1', { alias: 'fgt-hq' }))).toEqual({ state: 'duplicate' });
  });

  it.each([
    ['the same question', { alias: 'fgt-hq', user: 'wren' }, { state: 'joined', leader: 'run-1' }],
    [
      'the same device in other letters',
      { alias: 'FGT-HQ', user: 'wren' },
      { state: 'joined', leader: 'run-1' },
    ],
    ['another user', { alias: 'fgt-hq', user: 'marlow' }, { state: 'queued', ahead: 1 }],
    ['another VDOM', { alias: 'fgt-hq', user: 'wren', vdom: 'wren' }, { state: 'queued', ahead: 1 }],
    ['another device', { alias: 'fgt-branch-07', user: 'wren' }, { state: 'queued', ahead: 0 }],
  ])('joins only the same question: %s', async (_, second, expected) => {
    await services.accept(checkOf('run-1', { alias: 'fgt-hq', user: 'wren' }));
    expect(await services.accept(checkOf('run-2', second))).toEqual(expected);
    // The message of one that joined follows its leader's progress, not a place.
    expect(waiting).toEqual([['run-1', 0], ...('ahead' in expected ? [['run-2', expected.ahead]] : [])]);
  });

  it('lets a re-check join nothing: it asks what has changed since', async () => {
    await services.accept(checkOf('run-1', { alias: 'fgt-hq' }));
    const recheck = { ...checkOf('run-2', { alias: 'fgt-hq' }), comparesTo: 'run-0' };
    expect(await services.accept(recheck)).toEqual({ state: 'queued', ahead: 1 });
  });

  it('lets the re-checks of alerts that are over share one reading, and no other check', async () => {
    const over = (id: string) => ({
      ...checkOf(id, { alias: 'fgt-hq' }),
      comparesTo: 'run-0',
      asker: { id: 'alert:generic' },
      replyTo: { channel: 'C01' },
    });
    await services.accept(checkOf('run-1', { alias: 'fgt-hq' }));
    expect(await services.accept(over('run-2'))).toEqual({ state: 'queued', ahead: 1 });
    expect(await services.accept(over('run-3'))).toEqual({ state: 'joined', leader: 'run-2' });
  });

  it.each([
    ['a device outside the grant', checkOf('run-1', { alias: 'fgt-branch-07' }, 'UBEN'), 'ftm_not_allowed'],
    ['a person without a grant', checkOf('run-1', { alias: 'fgt-hq' }, 'UEVE'), 'ftm_not_allowed'],
    ['a name outside the inventory', checkOf('run-1', { alias: '192.0.2.1' }), 'ftm_not_allowed'],
    [
      'a person of another workspace',
      { ...checkOf('run-1', { alias: 'fgt-hq' }), asker: { id: 'UANA', home: 'TOTHER' } },
      'ftm_not_allowed',
    ],
  ])('refuses %s, whatever the handler decided', async (_, request, code) => {
    expect(await services.accept(request)).toMatchObject({ state: 'refused', error: { code } });
    expect(await runs.get('run-1')).toBeUndefined();
    expect(await queue.state('run-1')).toBe('unknown');
  });

  it('hides secrets beside the evidence, before queue, store and message see them', async () => {
    const secret = 'Kx8vTq2LmZ9w';
    const taken: unknown[] = [];
    const on: RunQueue = {
      ...queue,
      async enqueue(job) {
        taken.push(job);
        return await queue.enqueue(job);
      },
    };
    const typed = `password=${secret}`;
    const request = checkOf('run-1', { alias: 'fgt-hq', user: typed, vdom: typed });
    await createServices(on).accept({ ...request, asker: { id: 'UANA', name: typed } });
    expect(taken).toHaveLength(1);
    const seen = [...taken, await runs.get('run-1'), announced, log];
    expect(JSON.stringify(seen)).not.toContain(secret);
    expect(JSON.stringify(seen)).toContain('password=');
  });

  it('puts evidence beside its job that is too long for it', async () => {
    const taken: Parameters<RunQueue['enqueue']>[0][] = [];
    const on: RunQueue = {
      ...queue,
      async enqueue(job) {
        expect(await getJobEvidence(records, job.id)).toBeDefined();
        taken.push(job);
        return await queue.enqueue(job);
      },
    };
    const evidence = redact([{ name: 'fgt.conf', text: 'x'.repeat(1_000_001) }]);
    const { asker, replyTo, runId } = checkOf('run-1', { alias: 'fgt-hq' });
    await createServices(on).accept({ runId, asker, replyTo, kind: 'analyze', evidence });
    expect(JSON.stringify(taken).length).toBeLessThan(1_000);
    const opened = await openCase((await getJobEvidence(records, 'run-1')) ?? '');
    const items = opened?.evidence.items.map((item) => [...opened.linesIn(item)]);
    expect(items).toEqual([['x'.repeat(1_000_001)]]);
    expect(opened?.focus).toEqual({ readAt: 1000 });
  });

  it('accepts nothing whose evidence cannot be stored', async () => {
    records = { ...records, put: () => Promise.reject(queueUnavailable('it is away')) };
    const evidence = redact([{ name: 'fgt.conf', text: 'x'.repeat(1_000_001) }]);
    const { asker, replyTo, runId } = checkOf('run-1', { alias: 'fgt-hq' });
    const accepted = await createServices(queue).accept({ runId, asker, replyTo, kind: 'analyze', evidence });
    expect(accepted).toMatchObject({ state: 'refused', error: { code: 'ftm_queue_unavailable' } });
    expect(await queue.state('run-1')).toBe('unknown');
  });

  it('refuses in a value when the queue is away', async () => {
    const error = new FtmError('ftm_queue_unavailable', 'The queue cannot take work now.', {
      retryable: true,
    });
    const accepted = await createServices({ ...queue, enqueue: () => Promise.reject(error) }).accept(
      checkOf('run-1', { alias: 'fgt-hq' }),
    );
    expect(accepted).toMatchObject({ state: 'refused', error });
    expect(await runs.get('run-1')).toBeUndefined();
  });

  it('has accepted what the queue took, also when the run cannot be remembered', async () => {
    runs = { ...runs, create: () => Promise.reject(new Error('Redis went away just now')) };
    const accepted = await createServices(queue).accept(checkOf('run-1', { alias: 'fgt-hq' }));
    expect(accepted).toEqual({ state: 'queued', ahead: 0 });
    expect(announced).toEqual([]);
    expect(await queue.state('run-1')).toBe('waiting');
  });

  it('shows nothing of an error that is not ours', async () => {
    const broken = { ...queue, enqueue: () => Promise.reject(new Error('hunter2')) };
    const accepted = await createServices(broken).accept(checkOf('run-1', { alias: 'fgt-hq' }));
    if (accepted.state !== 'refused') throw new Error('accepted');
    expect(accepted.error.code).toBe('ftm_internal');
    expect(accepted.error.message).not.toContain('hunter2');
  });
});

const CHECK = { verb: 'check', way: 'command' } as const;

describe('authorise', () => {
  it('audits a refusal', async () => {
    expect(await services.authorise({ ...CHECK, user: 'UEVE', channel: 'C1', alias: 'fgt-hq' })).toEqual({
      kind: 'refused',
      reason: 'not-this-person-or-channel',
    });
    expect(log.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ audit: 'refused', user: 'UEVE', channel: 'C1', alias: 'fgt-hq' }),
    ]);
  });

  it('does not hand the device to handlers', async () => {
    expect(await services.authorise({ ...CHECK, user: 'UANA', channel: 'C1', alias: 'fgt-hq' })).toEqual({
      kind: 'allowed',
      act: { ...CHECK, caller: { user: 'UANA', channel: 'C1' }, device: 'fgt-hq' },
    });
    expect(log).toEqual([]);
  });
});

describe('suggestions', () => {
  it.each([
    ['UANA', 'fgt-branch-7', ['fgt-branch-07']],
    ['UBEN', 'fgt-branch-7', []],
    ['UBEN', 'fgt-hg', ['fgt-hq']],
  ])('%s asking for %s sees %j', async (user, name, expected) => {
    expect(await services.suggestDevices({ user, channel: 'C1' }, name)).toEqual(expected);
  });

  it('lists what a person may use, sorted', async () => {
    expect(await services.visibleDevices({ user: 'UANA', channel: 'C1' })).toEqual([
      'fgt-branch-07',
      'fgt-hq',
    ]);
    expect(await services.visibleDevices({ user: 'UBEN', channel: 'C1' })).toEqual(['fgt-hq']);
    expect(await services.visibleDevices({ user: 'UEVE', channel: 'C1' })).toEqual([]);
  });
});
