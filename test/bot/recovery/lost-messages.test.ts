import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDelivery } from '../../../src/bot/delivery/create-delivery.ts';
import { slackPort } from '../../../src/bot/delivery/slack-port.ts';
import { createAnswerPlaces, createLostMessageRecovery } from '../../../src/bot/recovery/lost-messages.ts';
import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../../src/bot/slack/web-client.ts';
import { answerRun } from '../../../src/bot/worker/answer-run.ts';
import { requestLost } from '../../../src/bot/worker/failed-outcome.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import { type LateJob, toRun } from '../../../src/platform/runs/queue-job.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import { renderAnswer } from '../../../src/report/formats/slack/render-answer.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { until } from '../../support/until.ts';

const SUPPORT = 'C0SUPPORT';
const MINUTE = 60_000;
const inventory = parseInventory(
  `
defaults: { username: u, password: { env: P } }
devices: { fgt-hq: { address: 192.0.2.1 } }
access: [{ users: ["*"], channels: [${SUPPORT}], devices: ["*"] }]
`,
  'inventory.yaml',
);

let slack: LocalSlack;
let queue: RunQueue;
beforeEach(open);
afterEach(close);

async function open(): Promise<void> {
  slack = await startLocalSlack({
    channels: [
      { id: SUPPORT, name: 'support' },
      { id: 'C0OTHER', name: 'other' },
    ],
  });
  queue = createInProcessQueue({ log: silentLogger });
}

async function close(): Promise<void> {
  await queue.close(0);
  await slack.close();
}

/** A process with an empty store, whose clock is ahead. */
function startProcess(aheadMs: number) {
  const now = () => Date.now() + aheadMs;
  const clock = { now, sleep: async () => undefined };
  const client = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  const runs = createMemoryRunStore({ now });
  const records = createMemoryRecords(now);
  const places = createAnswerPlaces(records, now);
  const port = () => places.noting(slackPort(client), undefined);
  const delivery = createDelivery({
    slack: port,
    runs,
    render: (outcome, subject) => renderAnswer(outcome, subject),
    clock,
    logger: silentLogger,
  });
  const options = { queue, runs, logger: silentLogger, now, records, places, inventory, slack: port, clock };
  return { ...options, delivery, recover: createLostMessageRecovery(options) };
}

type Process = ReturnType<typeof startProcess>;

async function begin({ runs, delivery }: Process, id: string, more: Partial<Run> = {}): Promise<Run> {
  const run = await runs.create({
    id,
    asker: { id: 'U0ANA' },
    replyTo: { channel: SUPPORT },
    acceptedAt: Date.now(),
    kind: 'check',
    alias: 'fgt-hq',
    ...more,
  });
  await delivery.postPlaceholder(run, { firstTry: true });
  return run;
}

/** Answers late jobs as a worker does; resolves when there are no more. */
async function work({ runs, delivery, now }: Process): Promise<readonly string[]> {
  const done: string[] = [];
  await queue.process(
    async (job, context) => {
      const options = { queue, runs, delivery, now, logger: silentLogger, debugSessions: undefined as never };
      const late = job as LateJob;
      await answerRun(toRun(late), context, options, () => requestLost(late), { mayBeShown: true });
      done.push(late.runId);
      return undefined;
    },
    { concurrency: 1, attempts: 1, backoffMs: 1, timeLimitMs: 5000 },
  );
  return done;
}

const texts = () => slack.messages(SUPPORT).map(({ text }) => text);

describe('messages whose run Redis lost', () => {
  it('are closed with the reason, once', async () => {
    const before = startProcess(0);
    await begin(before, 'run-root');
    const { message } = await slack.message({ user: 'U0ANA', channel: SUPPORT, text: 'please check' });
    await begin(before, 'run-thread', { replyTo: { channel: SUPPORT, thread: message.ts } });
    const answered = await begin(before, 'run-answered');
    await before.delivery.deliver(answered, { kind: 'failed', code: 'ftm_internal', message: 'It ended.' });

    const after = startProcess(5 * MINUTE);
    await after.records.put('last-recovery', String(Date.now() - 4 * MINUTE), 0, 9 * MINUTE);
    expect(await after.recover()).toBe(2);
    const done = await work(after);
    await until(() => done.length === 2, 'both are answered');
    const lost = texts().filter((text) => text.includes('went back to an earlier state'));
    expect(lost).toHaveLength(2);
    expect(texts().filter((text) => text.includes('It ended.'))).toHaveLength(1);
    expect(texts().some((text) => text.includes('Waiting to check'))).toBe(false);
    expect(slack.violations()).toEqual([]);
    expect(await after.recover()).toBe(0);
  });

  it('are those in progress that no run of the backup stands for, whatever was there', async () => {
    const message = fc.record({
      isAnswered: fc.boolean(),
      isInBackup: fc.boolean(),
      isInThread: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 8 }), async (messages) => {
        await close();
        await open();
        const before = startProcess(0);
        const after = startProcess(5 * MINUTE);
        await after.records.put('last-recovery', String(Date.now() - 4 * MINUTE), 0, 9 * MINUTE);
        const asked = await slack.message({ user: 'U0ANA', channel: SUPPORT, text: 'please check' });
        const thread = { replyTo: { channel: SUPPORT, thread: asked.message.ts } };
        for (const [index, { isAnswered, isInBackup, isInThread }] of messages.entries()) {
          const run = await begin(before, `run-${index}`, isInThread ? thread : {});
          if (isAnswered)
            await before.delivery.deliver(run, {
              kind: 'failed',
              code: 'ftm_internal',
              message: `End ${index}.`,
            });
          if (isInBackup) await after.runs.create(run);
        }
        const lost = messages.filter(({ isAnswered, isInBackup }) => !isAnswered && !isInBackup).length;
        expect(await after.recover()).toBe(lost);
        const done = await work(after);
        await until(() => done.length === lost, 'all are closed');
        const shown = texts();
        const answered = messages.filter(({ isAnswered }) => isAnswered).length;
        const waiting = messages.length - lost - answered;
        expect(shown.filter((text) => text.includes('went back to an earlier state'))).toHaveLength(lost);
        expect(shown.filter((text) => /End \d\./.test(text))).toHaveLength(answered);
        expect(shown.filter((text) => text.includes('Waiting to check'))).toHaveLength(waiting);
        expect(await after.recover()).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('are not looked for while the recovery runs, and again when its last time went back', async () => {
    const process = startProcess(5 * MINUTE);
    await process.records.put('last-recovery', String(process.now() - 2 * MINUTE), 0, 99 * MINUTE);
    await begin(startProcess(0), 'run-lost');
    expect(await process.recover()).toBe(0);
    const { version = 0 } = (await process.records.get('last-recovery')) ?? {};
    await process.records.put('last-recovery', String(Date.now() - 2 * MINUTE), version, 99 * MINUTE);
    expect(await process.recover()).toBe(1);
  });

  it('stay while their run is known, and where they are young', async () => {
    const process = startProcess(5 * MINUTE);
    await begin(process, 'run-known', { acceptedAt: process.now() });
    expect(await process.recover()).toBe(0);
    await begin(startProcess(0), 'run-young');
    expect(await startProcess(MINUTE).recover()).toBe(0);
  });

  it('are found in channels of the inventory, and where the bot answered since', async () => {
    await begin(startProcess(0), 'run-elsewhere', { replyTo: { channel: 'C0OTHER' } });
    const process = startProcess(5 * MINUTE);
    expect(await process.recover()).toBe(0);
    const next = startProcess(5 * MINUTE);
    await begin(next, 'run-2', { replyTo: { channel: 'C0OTHER' } });
    expect(await next.recover()).toBe(1);
  });
});
