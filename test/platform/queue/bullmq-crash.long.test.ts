import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import { type JobContext, type JobQueue, queueAbort } from '../../../src/platform/queue/job-queue.ts';
import { queueKeys } from '../../../src/platform/queue/queue-keys.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const OPTIONS = { concurrency: 4, attempts: 3, backoffMs: 20, timeLimitMs: 10_000 };
const LOCK_MS = 900;

const redis = await openTestRedis();

describe.skipIf(redis === undefined)('a BullMQ queue whose processes crash', () => {
  const { url = '', prefix = '' } = redis ?? {};
  let name = '';
  const opened: JobQueue<string, string>[] = [];
  const direct = new Redis(url, { lazyConnect: true });

  function open(): JobQueue<string, string> {
    const queue = createBullmqQueue<string, string>({
      url,
      prefix,
      name,
      lockMs: LOCK_MS,
      groupPollMs: 300,
      log: silentLogger,
    });
    opened.push(queue);
    return queue;
  }

  beforeEach(() => {
    name = `q-${randomBytes(4).toString('hex')}`;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close(0)));
  });
  afterAll(async () => {
    direct.disconnect();
    await redis?.stop();
  });

  it('runs the job of a killed process again, and then the group behind it', async () => {
    const queue = open();
    const script = fileURLToPath(new URL('processes/hanging-worker.ts', import.meta.url));
    const child = spawn(process.execPath, [script, url, prefix, name, String(LOCK_MS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await queue.enqueue({ id: 'crashes', data: '', jobGroup: 'fgt', dedupId: 'same' });
    await once(child.stdout, 'data');
    await queue.enqueue({ id: 'behind', data: '', jobGroup: 'fgt' });
    await queue.enqueue({ id: 'follower', data: '', jobGroup: 'fgt', dedupId: 'same' });
    await until(async () => (await queue.counts()).waiting === 2, 'two wait for the group');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const calls: [string, number, unknown][] = [];
    const survivor = open();
    await survivor.process(async (_work, { id, attempt, shared }) => {
      calls.push([id, attempt, shared]);
      return `by the survivor: ${id}`;
    }, OPTIONS);
    for (const id of ['crashes', 'behind', 'follower']) {
      await until(async () => (await queue.state(id)) === 'completed', `${id} completed`);
    }
    expect(calls.map(([id]) => id).toSorted()).toEqual(['behind', 'crashes', 'follower']);
    expect(calls.find(([id]) => id === 'crashes')?.[1]).toBe(2);
  });

  it('hands running jobs over at close, so that another process runs them without delay', async () => {
    const leaving = open();
    const queue = open();
    const told: unknown[] = [];
    let begun = false;
    await leaving.process(async (_work, { signal }) => {
      begun = true;
      await once(signal, 'abort');
      told.push(queueAbort(signal)?.code);
      throw new Error('wound down');
    }, OPTIONS);
    await queue.enqueue({ id: 'moves', data: '', jobGroup: 'fgt' });
    await until(async () => begun, 'it runs');
    await leaving.close(0);
    expect(told).toEqual(['ftm_interrupted']);
    expect(await queue.state('moves')).toBe('waiting');
    const attempts: number[] = [];
    await queue.process(async (_work, { attempt }) => {
      attempts.push(attempt);
      return '';
    }, OPTIONS);
    await until(async () => (await queue.state('moves')) === 'completed', 'it moved');
    expect(attempts).toEqual([2]);
  });

  it('counts a job as done that finishes while it is interrupted', async () => {
    const leaving = open();
    const queue = open();
    let answering = false;
    await leaving.process(async (_work, { signal }) => {
      answering = true;
      await once(signal, 'abort');
      return 'was answering already';
    }, OPTIONS);
    await queue.enqueue({ id: 'last-line', data: '' });
    // BullMQ calls a job active before its handler has begun.
    await until(async () => answering, 'it runs');
    await leaving.close(0);
    expect(await queue.state('last-line')).toBe('completed');
  });

  it('tells a handler whose job was taken over to keep quiet', async () => {
    const queue = open();
    const contexts: JobContext<string>[] = [];
    await queue.process(async (_work, context) => {
      contexts.push(context);
      if (context.attempt > 1) return 'second';
      await once(context.signal, 'abort');
      throw context.signal.reason;
    }, OPTIONS);
    await queue.enqueue({ id: 'stolen', data: '' });
    await until(() => contexts.length === 1, 'it runs');
    await direct.set(`${queueKeys(prefix, name).jobs}stolen:lock`, 'somebody else', 'PX', LOCK_MS);
    await until(() => contexts[0]?.signal.aborted ?? false, 'it was told');
    expect(contexts[0] && queueAbort(contexts[0].signal)).toMatchObject({ code: 'ftm_interrupted' });
    await until(async () => (await queue.state('stolen')) === 'completed', 'it was run again');
    expect(contexts.map((context) => context.attempt)).toEqual([1, 2]);
  });

  it.each([
    ['tries again after one crash', { started: 1, running: 1 }, [2, undefined]],
    ['only answers after two crashes', { started: 2, running: 2, crashes: 1 }, [3, 'ftm_internal']],
    ['still tries after hand-overs beyond the tries', { started: 4 }, [5, undefined]],
    ['only answers after too many hand-overs', { started: 6 }, [7, 'ftm_internal']],
  ])('%s', async (_what, tries, expected) => {
    const queue = open();
    await direct.hset(queueKeys(prefix, name).attempts('poison'), tries);
    const calls: unknown[] = [];
    await queue.process(async (_work, { attempt, signal }) => {
      calls.push([attempt, queueAbort(signal)?.code]);
      return '';
    }, OPTIONS);
    await queue.enqueue({ id: 'poison', data: '' });
    await until(async () => (await queue.state('poison')) === 'completed', 'it ended');
    expect(calls).toEqual([expected]);
  });

  it('runs jobs whose process died one after the other, so that one of them takes no other with it again', async () => {
    const queue = open();
    const ids = ['suspect-1', 'suspect-2', 'suspect-3', 'fresh'];
    for (const id of ids.slice(0, 3)) {
      await direct.hset(queueKeys(prefix, name).attempts(id), { started: 1, running: 1 });
    }
    const running = new Set<string>();
    const together = new Set<string>();
    const gates = new Map<string, () => void>();
    await queue.process(async (_work, { id }) => {
      running.add(id);
      together.add([...running].toSorted().join(' '));
      await new Promise<void>((resolve) => gates.set(id, resolve));
      running.delete(id);
      return '';
    }, OPTIONS);
    for (const id of ids) await queue.enqueue({ id, data: '' });
    for (const count of [2, 2, 2]) {
      await until(
        () => running.has('fresh') && running.size === count,
        'one suspect runs beside the fresh job',
      );
      const suspect = [...running].find((id) => id !== 'fresh') ?? '';
      gates.get(suspect)?.();
      await until(async () => (await queue.state(suspect)) === 'completed', `${suspect} ended`);
    }
    gates.get('fresh')?.();
    await until(async () => (await queue.state('fresh')) === 'completed', 'the fresh job ended');
    expect([...together].filter((each) => each.split('suspect').length > 2)).toEqual([]);
  });

  it('gives up on a job that kills even the process that only answers', async () => {
    const queue = open();
    await direct.hset(queueKeys(prefix, name).attempts('poison'), { started: 5, running: 5, crashes: 4 });
    const calls: unknown[] = [];
    await queue.process(async () => String(calls.push(1)), OPTIONS);
    await queue.enqueue({ id: 'poison', data: '' });
    await until(async () => (await queue.state('poison')) === 'failed', 'it failed');
    expect(calls).toEqual([]);
  });

  it('keeps no words of foreign errors, and no data once a job ended', async () => {
    const queue = open();
    await queue.process(
      async () => {
        throw new Error('password hunter22 refused');
      },
      { ...OPTIONS, attempts: 1 },
    );
    await queue.enqueue({ id: 'leaky', data: 'evidence-of-somebody', jobGroup: 'fgt', dedupId: 'k' });
    await until(async () => (await queue.state('leaky')) === 'failed', 'it failed');
    const job = `${queueKeys(prefix, name).jobs}leaky`;
    await until(
      async () => (await direct.hget(job, 'data')) === '{"sequence":1,"ended":true}',
      'data is gone',
    );
    expect(JSON.stringify(await direct.hgetall(job))).not.toContain('hunter22');
    expect(await queue.enqueue({ id: 'leaky', data: '' })).toEqual({ state: 'duplicate' });
    const counts = `${prefix}:${name}-ftm:attempts:*`;
    await until(async () => (await direct.keys(counts)).length === 0, 'its attempts are forgotten');
  });
});
