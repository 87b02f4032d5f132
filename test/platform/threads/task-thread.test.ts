import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { TaskThread } from '../../../src/platform/threads/task-thread.ts';
import { until } from '../../support/until.ts';

const TASKS = { module: './tasks', from: import.meta.url, heapMb: 32 };

function open(timeLimitMs = 60_000) {
  return new TaskThread<string, string>({ ...TASKS, timeLimitMs });
}

function openKept(idleMs: number) {
  return new TaskThread<string, string>({ ...TASKS, timeLimitMs: 60_000, idleMs });
}

describe('a task thread', () => {
  it('answers tasks one after the other, in order', async () => {
    const thread = open();
    const order: string[] = [];
    await Promise.all(['one', 'two', 'three'].map(async (task) => void order.push(await thread.run(task))));
    expect(order).toEqual(['did one', 'did two', 'did three']);
  });

  it.each([
    ['refuse', { code: 'ftm_evidence_unreadable', message: 'It is no text.', advice: 'Send another.' }],
    ['throw', { code: 'ftm_internal' }],
    ['exit', { code: 'ftm_internal' }],
    ['fill memory', { code: 'ftm_evidence_too_large', advice: expect.stringContaining('about one login') }],
  ])('tells of a task that would %s, and goes on with the next', async (task, error) => {
    const thread = openKept(60_000);
    const [ended, next] = await Promise.allSettled([thread.run(task), thread.run('the next')]);
    expect(ended).toMatchObject({ status: 'rejected', reason: error });
    expect(next).toEqual({ status: 'fulfilled', value: 'did the next' });
  });

  it.each(['never end', 'wait'])('ends a task that does not end: %s', async (task) => {
    await expect(open(300).run(task)).rejects.toMatchObject({ code: 'ftm_evidence_too_large' });
  });

  it('ends a task when its signal aborts, one that waits as well, and goes on with the next', async () => {
    const thread = open();
    const limit = new FtmError('ftm_device_timeout', 'Too late.', {});
    const stop = new AbortController();
    const task = (name: string) => thread.run(name, stop.signal);
    const ended = Promise.allSettled([task('never end'), task('one that waits')]);
    setTimeout(() => stop.abort(limit), 200);
    expect(await ended).toEqual(Array.from({ length: 2 }, () => ({ status: 'rejected', reason: limit })));
    expect(await thread.run('the next')).toBe('did the next');
  });

  it('ends with its task, unless it is kept for the next', async () => {
    const [ended, kept] = [open(), openKept(60_000)];
    const first = 'task 1 of its thread';
    expect([await ended.run('count'), await ended.run('count')]).toEqual([first, first]);
    expect([await kept.run('count'), await kept.run('count')]).toEqual([first, 'task 2 of its thread']);
  });

  it('is not kept for longer than it was told to', async () => {
    const thread = openKept(1);
    await thread.run('count');
    await until(async () => (await thread.run('count')) === 'task 1 of its thread', 'it has ended');
  });

  it('does not keep the process from its end', async () => {
    const child = fileURLToPath(new URL('./kept-child.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [child]);
    expect(stdout).toBe('did its only task\n');
  });

  it('is replaced where it failed between two tasks', async () => {
    const thread = openKept(60_000);
    // The answer and the error come by different ways: either may be read first.
    await thread.run('throw later').catch(() => undefined);
    await untilReplaced(thread);
  });

  it('is replaced where it ended before its answer was read', async () => {
    const thread = openKept(60_000);
    const answer = thread.run('throw later');
    // Its answer, its error and its end arrive while this thread does something else.
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000));
    expect(await answer.catch((error: unknown) => error)).toSatisfy(
      (said) => said === 'did nothing yet' || said instanceof FtmError,
    );
    await untilReplaced(thread);
  });
});

async function untilReplaced(thread: TaskThread<string, string>): Promise<void> {
  const next = () => thread.run('count').catch(() => undefined);
  await until(async () => (await next())?.startsWith('task 1 ') === true, 'another does the next task');
}
