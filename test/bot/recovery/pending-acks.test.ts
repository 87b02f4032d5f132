import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPendingAckRecorder, recoverPendingAcks } from '../../../src/bot/recovery/pending-acks.ts';
import { triggerRunId } from '../../../src/bot/requests/run-ids.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import type { Records } from '../../../src/platform/store/records.ts';
import { ACTIONS } from '../../../src/report/block-kit/action-ids.ts';
import { until } from '../../support/until.ts';

const MINUTE = 60_000;
const START = 900 * MINUTE;
const ID = triggerRunId('1.2.3');
const COMMAND = {
  command: '/ftm-check',
  text: 'fgt-hq hunter2',
  trigger_id: '1.2.3',
  user_id: 'UANA',
  channel_id: 'C1',
  team_id: 'T1',
};
const SHORTCUT = {
  type: 'message_action',
  trigger_id: '1.2.3',
  user: { id: 'UANA' },
  channel: { id: 'C1' },
  team: { id: 'T1' },
  message: { ts: '5.5', text: 'set psksecret hunter2' },
};

let at: number;
let queue: RunQueue;
let jobs: QueueJob[];
const open = () => {
  const now = () => at;
  const records = createMemoryRecords(now);
  const runs = createMemoryRunStore({ now });
  return { records, runs, queue, logger: silentLogger, now };
};
let system: ReturnType<typeof open>;

beforeEach(async () => {
  at = START;
  jobs = [];
  queue = createInProcessQueue({ log: silentLogger });
  system = open();
  await queue.process(
    async (job) => {
      jobs.push(job);
      return { kind: 'failed', code: 'ftm_internal', message: '' };
    },
    { concurrency: 4, attempts: 1, backoffMs: 1, timeLimitMs: 5000 },
  );
});
afterEach(() => queue.close(0));

function owe(body: unknown) {
  return createPendingAckRecorder(system.records, system.now)(body);
}

describe('a request that was acknowledged and whose process died', () => {
  it.each([
    ['command', COMMAND, { team: 'T1', channel: 'C1' }],
    ['shortcut', SHORTCUT, { team: 'T1', channel: 'C1', thread: '5.5' }],
    ['shortcut in a thread', { ...SHORTCUT, message: { ts: '5.6', thread_ts: '5.5' } }, { thread: '5.5' }],
  ])('is said to be lost, once: a %s', async (_, body, replyTo) => {
    await owe(body);
    at += MINUTE;
    expect(await recoverPendingAcks(system)).toBe(0);
    at += 2 * MINUTE;
    expect(await recoverPendingAcks(system)).toBe(1);
    expect(await recoverPendingAcks(system)).toBe(0);
    await until(() => jobs.length === 1, 'somebody speaks');
    expect(jobs).toMatchObject([
      { runId: ID, kind: 'late', asker: { id: 'UANA' }, replyTo, acceptedAt: START },
    ]);
    expect(JSON.stringify(jobs)).not.toContain('hunter2');
  });

  it('has its answer coming where its run is known', async () => {
    await owe(COMMAND);
    const run = { id: ID, asker: { id: 'UANA' }, replyTo: { channel: 'C1' }, acceptedAt: START };
    await system.runs.create({ ...run, kind: 'check' });
    at += 3 * MINUTE;
    expect(await recoverPendingAcks(system)).toBe(0);
  });

  it('has its answer coming where its job waits', async () => {
    await owe(COMMAND);
    const data: QueueJob = {
      runId: ID,
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      acceptedAt: START,
      kind: 'check',
      alias: 'fgt-hq',
    };
    await queue.enqueue({ id: ID, data, delayMs: 10_000 });
    at += 3 * MINUTE;
    expect(await recoverPendingAcks(system)).toBe(0);
  });
});

it('says nothing of a request that somebody is still at', async () => {
  const notes: number[] = [];
  const records: Records = {
    ...system.records,
    async addMember(set, member, noted, keepMs) {
      notes.push(noted);
      await system.records.addMember(set, member, noted, keepMs);
    },
  };
  const strikeOut = await createPendingAckRecorder(records, system.now, 5)(COMMAND);
  at += 3 * MINUTE;
  await until(() => notes.at(-1) === at, 'it says so');
  at += MINUTE;
  expect(await recoverPendingAcks(system)).toBe(0);
  await strikeOut?.();
  at += 3 * MINUTE;
  expect(await recoverPendingAcks(system)).toBe(0);
  expect(await system.records.membersSince('owed', 0)).toEqual([]);
});

it('gives up a request that nobody will ever be done with', async () => {
  await createPendingAckRecorder(system.records, system.now, 5)(COMMAND);
  at += 34 * MINUTE;
  await sleep(50);
  expect(await recoverPendingAcks(system)).toBe(1);
});

it('says nothing of a request that was dealt with', async () => {
  const strikeOut = await owe(COMMAND);
  await strikeOut?.();
  at += 3 * MINUTE;
  expect(await recoverPendingAcks(system)).toBe(0);
});

it.each([
  ['an event', { type: 'event_callback', event: {} }],
  ['a form', { type: 'view_submission', view: {} }],
  ['another check', { type: 'block_actions', actions: [{ action_id: ACTIONS.recheck }] }],
])('leaves %s to Slack, which tells or repeats it', async (_, body) => {
  expect(await owe(body)).toBeUndefined();
});

it('owes nothing for a button that starts nothing', async () => {
  const strikeOut = await owe({ type: 'block_actions', actions: [{ action_id: ACTIONS.report }] });
  expect(strikeOut).toBeTypeOf('function');
  at += 3 * MINUTE;
  expect(await recoverPendingAcks(system)).toBe(0);
});
