import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { FtmError } from '../../../src/engine/ftm-error.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import type { JobQueue } from '../../../src/platform/queue/job-queue.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import { createRedisRunStore } from '../../../src/platform/store/redis-run-store.ts';
import { startSentinelSet } from '../../support/sentinel.ts';
import { until } from '../../support/until.ts';

const OPTIONS = { concurrency: 2, attempts: 5, backoffMs: 20, timeLimitMs: 10_000 };

const set = await startSentinelSet();
if (set === undefined && process.env.CI === 'true') throw new Error('needs valkey-server or redis-server');
if (set === undefined)
  process.stderr.write('\n*** SKIPPED: failover needs valkey-server or redis-server. ***\n\n');
async function isReady(queue: JobQueue<string, string>): Promise<boolean> {
  return await queue.ready().then(
    () => true,
    () => false,
  );
}

/** A replica that has just come may need a moment more until it confirms what is written. */
async function onceKept<T>(write: () => Promise<T>): Promise<T> {
  const kept: T[] = [];
  await until(
    () =>
      write().then(
        (answer) => kept.push(answer) > 0,
        () => false,
      ),
    'the replica has it',
  );
  return kept[0] as T;
}

afterAll(async () => {
  await set?.[Symbol.asyncDispose]();
});

const opened: JobQueue<string, string>[] = [];

describe.skipIf(set === undefined)('a queue behind Sentinels', () => {
  if (set === undefined) return;
  const settings = { url: set.url, sentinelPassword: set.sentinelPassword, minReplicas: 1 };

  function open(name: string): JobQueue<string, string> {
    const queue = createBullmqQueue<string, string>({
      ...settings,
      name,
      lockMs: 900,
      groupPollMs: 300,
      log: silentLogger,
    });
    opened.push(queue);
    return queue;
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close(0)));
    for (const server of set.servers) {
      server.thaw();
      if (!server.isUp()) await set.revive(server);
    }
    await set.whole();
  });

  it.each(['kill', 'freeze'] as const)(
    'keeps what it accepted when the primary is gone: %s',
    async (how) => {
      const queue = open(`gone-${how}`);
      await until(() => isReady(queue), 'the queue is ready');
      const accepted = new Set<string>();
      const done = new Set<string>();
      const primary = await set.primary();
      const asking = (async () => {
        for (let nth = 0; accepted.size < 60; nth += 1) {
          const id = `job-${nth}`;
          await queue.enqueue({ id, data: 'x' }).then(
            () => accepted.add(id),
            () => sleep(50),
          );
          if (nth === 40) await (how === 'kill' ? primary.kill() : primary.freeze());
        }
      })();
      await set.promotedInsteadOf(primary);
      primary.thaw();
      if (!primary.isUp()) await set.revive(primary);
      await asking;
      const worker = open(`gone-${how}`);
      await worker.process(async (_, { id }) => {
        done.add(id);
        return '';
      }, OPTIONS);
      await until(
        () => [...accepted].every((id) => done.has(id)),
        'all accepted jobs were worked on',
        20_000,
      );
    },
    60_000,
  );

  it('starts nothing without a replica, says so in readiness, and goes on when it is back', async () => {
    const queue = open('alone');
    await until(() => isReady(queue), 'the queue is ready');
    const replica = await set.replica();
    await replica.kill();
    const error = await queue.enqueue({ id: 'a', data: '' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'ftm_queue_unavailable',
      message: expect.stringMatching(/0 of 1 replicas/),
    });
    await until(async () => !(await isReady(queue)), 'readiness says so');
    expect(await queue.state('a')).toBe('unknown');
    await set.revive(replica);
    await set.whole();
    await until(() => isReady(queue), 'the queue is ready');
    expect(await onceKept(() => queue.enqueue({ id: 'a', data: '' }))).toMatchObject({ state: 'queued' });
  });

  it('leaves doubt where the replica hangs in the middle, and the same id tells later', async () => {
    const queue = open('hangs');
    await until(() => isReady(queue), 'the queue is ready');
    const replica = await set.replica();
    // From one line to the next: the first question to the replica still finds it well.
    const asked = await Promise.all(
      Array.from({ length: 30 }, async (_, nth) => {
        if (nth === 15) replica.freeze();
        return await queue.enqueue({ id: `job-${nth}`, data: '' }).then(
          ({ state }) => state,
          ({ code }: { code: string }) => code,
        );
      }),
    );
    expect(new Set(asked).size).toBeGreaterThanOrEqual(1);
    expect(
      asked.every((each) => ['queued', 'ftm_queue_unavailable', 'ftm_queue_uncertain'].includes(each)),
    ).toBe(true);
    replica.thaw();
    await set.whole();
    for (const [nth, said] of asked.entries()) {
      const { state } = await queue.enqueue({ id: `job-${nth}`, data: '' });
      if (said === 'queued') expect(state).toBe('duplicate');
      if (said === 'ftm_queue_unavailable') expect(state).toBe('queued');
    }
  });

  it.each([
    ['another name', { url: set.url.replace(/\/[^/]+$/, '/nobody') }, /No such (master|primary)/i],
    ['a wrong password of the servers', { url: set.url.replace(/:[^:@]+@/, ':wrong@') }, /WRONGPASS/],
    ['a wrong password of the Sentinels', { sentinelPassword: 'wrong' }, /WRONGPASS/],
    ['no password of the Sentinels', { sentinelPassword: '' }, /NOAUTH/],
    [
      'Sentinels that are not there',
      { url: 'redis+sentinel://:x@127.0.0.1:1/main' },
      /failed to connect to sentinel/,
    ],
  ])('says why there is no connection: %s', async (_, wrong, why) => {
    const queue = createBullmqQueue<string, string>({ ...settings, ...wrong, log: silentLogger });
    opened.push(queue);
    const error = (await queue.ready().catch((thrown: unknown) => thrown)) as FtmError;
    expect(error).toMatchObject({ code: 'ftm_queue_unavailable', message: expect.stringMatching(why) });
    expect(error.message).not.toMatch(/wrong@|of-the-/);
  });

  it('keeps the turn to open an answer through the loss of the primary', async () => {
    const door = openRedisGateway(settings, silentLogger, 10_000);
    const runs = createRedisRunStore({ gateway: door, log: silentLogger });
    try {
      const id = `run-${Date.now()}`;
      await runs.create({
        id,
        asker: { id: 'U1' },
        replyTo: { channel: 'C1' },
        acceptedAt: Date.now(),
        kind: 'check',
      });
      expect(await runs.acquireLease(id, 'one', 1_000)).toBe('first');
      const primary = await set.primary();
      await primary.kill();
      await set.promotedInsteadOf(primary);
      await set.revive(primary);
      await set.whole();
      expect(await onceKept(() => runs.acquireLease(id, 'two', 1_000))).toMatch(/again|held/);
    } finally {
      await runs.close();
    }
  });
});
