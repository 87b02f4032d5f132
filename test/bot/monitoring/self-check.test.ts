import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createSelfCheckWorker,
  monitorSelfChecks,
  readSelfCheck,
  type SelfCheckTarget,
  writeSelfCheck,
} from '../../../src/bot/monitoring/self-check.ts';
import { createCollector } from '../../../src/device/create-collector.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import type { RunOutcome } from '../../../src/platform/runs/run.ts';
import { createRedisRecords } from '../../../src/platform/store/redis-records.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const server = await openTestRedis();
afterAll(() => server?.stop());

const DONE: RunOutcome = { kind: 'failed', code: 'ftm_internal', message: '' };
const JOB: QueueJob = {
  runId: 'somebody-asks',
  asker: { id: 'U0ANA' },
  replyTo: { channel: 'C0SUPPORT' },
  acceptedAt: 0,
  kind: 'check',
  alias: 'fgt-hq',
};
type Monitor = ReturnType<typeof monitorSelfChecks>;

const PROCESS = { concurrency: 1, attempts: 3, backoffMs: 10, timeLimitMs: 60_000 };

async function target(
  sample: 'branch-07' | 'campus',
  password = SIMULATED_USER.password,
): Promise<SelfCheckTarget> {
  const simulator = await startSimulator({ configText: sampleConfig(sample) });
  return {
    alias: 'x',
    inventory: parseInventory(
      `devices: { x: { address: 127.0.0.1, port: ${simulator.port}, username: ${SIMULATED_USER.name}, password: { env: P }, hostKeys: ["${simulator.fingerprints[0]}"] } }`,
      'x',
    ),
    collect: createCollector({ readSecret: async () => password }),
    expects: 'admin-trusthost-blocks-callback',
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

describe.skipIf(server === undefined)('a self-check through the queue', () => {
  const settings = { url: server?.url ?? '' };
  let prefix: string;
  let nth = 0;
  let openTarget: () => Promise<SelfCheckTarget>;
  let asked: QueueJob[];
  let now: number;
  const opened: (() => unknown)[] = [];

  beforeEach(() => {
    nth += 1;
    prefix = `{self-check-${process.pid}-${nth}}`;
    openTarget = () => target('branch-07');
    asked = [];
    now = Date.now();
  });
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });

  function place() {
    const door = openRedisGateway(settings, silentLogger);
    const queue = createBullmqQueue<QueueJob, RunOutcome>({
      ...settings,
      prefix,
      log: silentLogger,
    });
    opened.push(
      () => door.close(),
      () => queue.close(0),
    );
    return { queue, records: createRedisRecords(door, prefix) };
  }

  async function worker(handle?: (job: QueueJob) => Promise<void>) {
    const { queue, records } = place();
    const metrics = new Metrics();
    const open = () => openTarget();
    const work = createSelfCheckWorker({
      openTarget: open,
      records,
      logger: silentLogger,
      metrics,
      now: () => now,
    });
    await queue.process(async (job) => {
      asked.push(job);
      if (handle !== undefined) await handle(job);
      else if (job.kind === 'self-check') await work.work(job);
      return DONE;
    }, PROCESS);
    return { work, metrics, queue };
  }

  function bot(patienceMs = 400, putOff = 0) {
    const { queue, records } = place();
    const told: string[] = [];
    const metrics = new Metrics();
    const watch = monitorSelfChecks({
      queue,
      records,
      metrics,
      timeoutMs: patienceMs,
      intervalMs: 60_000,
      pollIntervalMs: 25,
      now: () => now,
      logger: silentLogger,
      notifyOps: async (text) => told.push(text) > putOff,
    });
    opened.push(() => watch.stop());
    return { watch, told, metrics, queue, records };
  }

  const says = (watch: Monitor): Promise<string> => watch.state().catch((error: Error) => error.message);
  const untilSaid = (watch: Monitor, what: RegExp) =>
    until(async () => what.test(await says(watch)), `it says ${what}`);

  it('is told until it is known', async () => {
    const { queue, told } = bot(50, 2);
    await until(async () => (await queue.counts()).waiting === 1, 'it asked');
    now += 1000;
    await until(() => told.length === 3, 'it was put off twice');
    expect(new Set(told)).toEqual(new Set([expect.stringMatching(/^ftm-check is not processing requests/)]));
  });

  it('is well when a worker finds the fault, and one check is enough for several bots', async () => {
    const bots = [bot(20_000), bot(20_000), bot(20_000)];
    await worker();
    for (const { watch, metrics } of bots) {
      await untilSaid(watch, /^passed \d+ s ago, took \d+ s$/);
      expect(await metrics.text()).toContain('ftm_check_self_check_ok 1');
    }
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ kind: 'self-check' });
    now += 60_000;
    await until(() => asked.length === 2, 'the next one comes in its time');
    expect(new Set(asked.map(({ runId }) => runId)).size).toBe(2);
    expect(bots.flatMap(({ told }) => told)).toEqual([]);
  });

  it('says that no worker is there, asks for no second one meanwhile, and is well again with one', async () => {
    const { watch, told, metrics, queue } = bot();
    await until(() => queue.counts().then(({ waiting }) => waiting === 1), 'it asked');
    now += 1_000;
    await untilSaid(watch, /^No worker is running/);
    expect(await metrics.text()).toContain('ftm_check_self_check_ok 0');
    now += 180_000;
    await untilSaid(watch, /waiting for 181 s/);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
    await worker();
    await untilSaid(watch, /^passed/);
    expect(told).toEqual([
      expect.stringMatching(/not processing requests.*No worker/),
      'ftm-check is processing requests again.',
    ]);
  });

  it('says that the workers are busy or stuck', async () => {
    const stuck = Promise.withResolvers<void>();
    const { queue } = await worker(() => stuck.promise);
    await queue.enqueue({ id: 'somebody-asks', data: { ...JOB } });
    await until(() => asked.length === 1, 'the worker is at it');
    const { watch } = bot();
    await until(() => queue.counts().then(({ waiting }) => waiting === 1), 'the check waits');
    now += 1_000;
    await untilSaid(watch, /^All workers are busy or stuck.*1 running/);
    stuck.resolve();
  });

  it('says that a worker hangs in the check itself', async () => {
    const stuck = Promise.withResolvers<void>();
    const { watch } = bot();
    await worker(() => stuck.promise);
    await until(() => asked.length === 1, 'the worker is at it');
    now += 1_000;
    await untilSaid(watch, /^A self-check has been running for 1 s/);
    stuck.resolve();
  });

  it.each([
    ['does not find the fault', () => target('campus'), /its fault .* was not found/],
    ['cannot read the look-alike', () => target('branch-07', 'wrong'), /did not accept/],
    ['has no room for one', () => Promise.reject(new Error('EMFILE secret')), /it failed with an error/],
  ])('says that a worker %s, in the bot and in that worker', async (_, broken, what) => {
    openTarget = broken;
    const { watch, records } = bot(20_000);
    const { work, metrics } = await worker();
    await untilSaid(watch, what);
    expect(await says(watch)).not.toContain('secret');
    await expect(work.state()).rejects.toThrow(what);
    expect(await metrics.text()).toContain('ftm_check_self_check_ok 0');
    openTarget = () => target('branch-07');
    now += 60_000;
    await untilSaid(watch, /^passed/);
    expect(await work.state()).toMatch(/^passed/);
    expect(await readSelfCheck(records)).not.toHaveProperty('problem');
  });

  it('does not speak of what was wrong before all bots were away', async () => {
    const { records } = place();
    const long = 3_600_000;
    const before = { id: 'self-check.1', asked: now - long, done: now - long, problem: 'It was broken.' };
    await writeSelfCheck(records, before);
    const { watch, told } = bot(20_000);
    await worker();
    await untilSaid(watch, /^passed/);
    expect(told).toEqual([]);
  });

  it('does not take the result of an earlier check for that of a later one', async () => {
    const { watch } = bot();
    const { queue } = await worker();
    await untilSaid(watch, /^passed/);
    await queue.close(0);
    now += 60_000;
    await until(
      () =>
        place()
          .queue.counts()
          .then(({ waiting }) => waiting === 1),
      'the next one waits',
    );
    now += 1_000;
    await untilSaid(watch, /^No worker is running/);
  });
});
