import { describe, expect, it } from 'vitest';
import type { JobContext } from '../../../src/platform/queue/job-queue.ts';
import { until } from '../../support/until.ts';
import { ends, gated, job, OPTIONS, queueOpener, type TestBackend, type Work } from './queue-under-test.ts';

/** How every `JobQueue` accepts, orders and joins jobs. `newBackend` is called once per test. */
export function describeJobQueue(name: string, newBackend: () => TestBackend): void {
  describe(`${name}: a job queue`, () => {
    const open = queueOpener(newBackend);

    it('runs a job with the data it was given, and remembers that it ended', async () => {
      const queue = open();
      const seen: unknown[] = [];
      await queue.process(async (work, context) => {
        seen.push(work, context.attempt, context.signal.aborted);
        return 'ok';
      }, OPTIONS);
      const say = 'ä\u2028</x> {"sequence":1} %s $&';
      expect(await queue.enqueue({ id: 'one', data: { say } })).toEqual({ state: 'queued', ahead: 0 });
      await ends(queue, 'one', 'completed');
      expect(seen).toEqual([{ say }, 1, false]);
    });

    it('takes the data as it was when enqueued', async () => {
      const queue = open();
      const data = { say: 'before' };
      await queue.enqueue({ id: 'copy', data });
      data.say = 'after';
      const seen: string[] = [];
      await queue.process(async ({ say }) => {
        seen.push(say);
        return say;
      }, OPTIONS);
      await ends(queue, 'copy', 'completed');
      expect(seen).toEqual(['before']);
    });

    it('keeps jobs that came before the worker', async () => {
      const queue = open();
      await queue.enqueue(job('early'));
      expect(await queue.state('early')).toBe('waiting');
      const worker = await gated(queue);
      worker.finish('early');
      await ends(queue, 'early', 'completed');
    });

    it('accepts an id once: while it waits, while it runs, after it ended', async () => {
      const queue = open();
      await queue.enqueue(job('twin'));
      expect(await queue.enqueue(job('twin'))).toEqual({ state: 'duplicate' });
      const worker = await gated(queue);
      await worker.called('twin');
      expect(await queue.enqueue(job('twin', { jobGroup: 'x' }))).toEqual({ state: 'duplicate' });
      worker.finish('twin');
      await ends(queue, 'twin', 'completed');
      expect(await queue.enqueue(job('twin'))).toEqual({ state: 'duplicate' });
      expect(worker.ids()).toEqual(['twin']);
    });

    it('accepts one of many simultaneous requests with the same id', async () => {
      const queue = open();
      const other = open();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? queue : other).enqueue(job('rush'))),
      );
      expect(answers.filter((answer) => answer.state === 'queued')).toHaveLength(1);
      expect(answers.filter((answer) => answer.state === 'duplicate')).toHaveLength(9);
    });

    it.each(['', '12345', 'a:b', 'a b', 'ä', 'x'.repeat(201)])('refuses the id %j', async (id) => {
      await expect(open().enqueue(job(id))).rejects.toMatchObject({ code: 'ftm_internal' });
    });

    it('holds a delayed job back', async () => {
      const queue = open();
      const worker = await gated(queue);
      await queue.enqueue(job('late', { delayMs: 300 }));
      await queue.enqueue(job('now'));
      await worker.called('now');
      expect(await queue.state('late')).toBe('delayed');
      await worker.called('late');
      expect(worker.ids()).toEqual(['now', 'late']);
    });

    it('runs no more jobs at once than allowed', async () => {
      const queue = open();
      let running = 0;
      let most = 0;
      await queue.process(
        async () => {
          running += 1;
          most = Math.max(most, running);
          // The first jobs wait for each other: on a loaded machine they would otherwise end one by one.
          await until(async () => most >= 3, 'three run at once');
          await new Promise((resolve) => setTimeout(resolve, 10));
          running -= 1;
          return '';
        },
        { ...OPTIONS, concurrency: 3 },
      );
      await Promise.all(Array.from({ length: 12 }, (_, i) => queue.enqueue(job(`job-${i}`))));
      await until(async () => (await queue.state('job-11')) === 'completed', 'all ran');
      expect(most).toBe(3);
    });

    it('runs one job of a group at a time, in order, over two processes, and other groups meanwhile', async () => {
      const queue = open();
      const other = open();
      const order: string[] = [];
      const running = new Set<string>();
      let together = 0;
      const handler = async (_work: Work, { id }: JobContext<string>): Promise<string> => {
        order.push(id);
        running.add(id);
        together = Math.max(together, [...running].filter((each) => each.startsWith('busy')).length);
        await new Promise((resolve) => setTimeout(resolve, 15));
        running.delete(id);
        return id;
      };
      const ids = Array.from({ length: 6 }, (_, i) => `busy-${i}`);
      for (const id of ids) await queue.enqueue(job(id, { jobGroup: 'fgt-1' }));
      await queue.enqueue(job('free', { jobGroup: 'fgt-2' }));
      await queue.process(handler, OPTIONS);
      if (other !== queue) await other.process(handler, OPTIONS);
      await ends(queue, 'busy-5', 'completed');
      await ends(queue, 'free', 'completed');
      expect(order.filter((id) => id !== 'free')).toEqual(ids);
      expect(order.indexOf('free')).toBeLessThan(5);
      expect(together).toBe(1);
    });

    it('does not let a full group use up the places of others, and tells how many are ahead', async () => {
      const queue = open();
      const worker = await gated(queue, { concurrency: 2 });
      await queue.enqueue(job('first', { jobGroup: 'busy' }));
      await worker.called('first');
      for (const id of ['second', 'third', 'fourth']) await queue.enqueue(job(id, { jobGroup: 'busy' }));
      await queue.enqueue(job('else', { jobGroup: 'quiet' }));
      await worker.called('else');
      await until(async () => (await queue.counts()).waiting === 3, 'three wait');
      expect(await queue.counts()).toEqual({ waiting: 3, active: 2, delayed: 0, failed: 0 });
      expect(await queue.state('third')).toBe('waiting');
      const fifth = await queue.enqueue(job('fifth', { jobGroup: 'busy' }));
      expect(fifth).toMatchObject({ state: 'queued' });
      expect(fifth).toSatisfy((answer: { ahead: number }) => answer.ahead >= 3);
    });

    it.each([
      ['for its group', { concurrency: 3 }, 'busy'],
      ['for a free hand', { concurrency: 1 }, undefined],
    ])('tells the place of a job that waits %s, as it changes', async (_where, limits, jobGroup) => {
      const queue = open();
      const asked = open();
      const worker = await gated(queue, limits);
      const more = jobGroup === undefined ? {} : { jobGroup };
      const ids = ['first', 'second', 'third', 'fourth'];
      const places = () => Promise.all(ids.map((id) => asked.position({ id, ...more })));
      const becomes = async (expected: readonly (number | undefined)[]) => {
        let last: readonly unknown[] = [];
        await until(
          async () => {
            last = await places();
            return JSON.stringify(last) === JSON.stringify(expected);
          },
          `places ${JSON.stringify(expected)}`,
        ).catch(() => expect(last).toEqual(expected));
      };
      for (const id of ids) {
        await queue.enqueue(job(id, more));
        if (id === 'first') await worker.called('first');
      }
      const behind = jobGroup === undefined ? 0 : 1;
      await becomes([undefined, behind, behind + 1, behind + 2]);
      worker.finish('first');
      await worker.called('second');
      await becomes([undefined, undefined, behind, behind + 1]);
      await queue.cancel('third', 'never mind');
      worker.finish('second');
      await worker.called('fourth');
      await becomes([undefined, undefined, undefined, undefined]);
      expect(await asked.position({ id: 'never', ...more })).toBeUndefined();
    });

    it('shares the answer with jobs that asked the same while it was looked for', async () => {
      const queue = open();
      const worker = await gated(queue);
      const ask = { jobGroup: 'fgt', dedupId: 'check' };
      expect(await queue.enqueue(job('leader', ask))).toEqual({ state: 'queued', ahead: 0 });
      await worker.called('leader');
      await queue.enqueue(job('between', { jobGroup: 'fgt', dedupId: 'another question' }));
      expect(await queue.enqueue(job('follower', ask))).toEqual({ state: 'joined', leader: 'leader' });
      expect(await queue.enqueue(job('elsewhere', { ...ask, jobGroup: 'fgt-2' }))).toMatchObject({
        state: 'queued',
      });
      worker.finish('leader', 'the answer');
      await ends(queue, 'follower', 'completed');
      const follower = worker.calls.filter((call) => call.id === 'follower');
      expect(follower.map((call) => call.context.shared)).toEqual([
        { leader: 'leader', result: 'the answer' },
      ]);

      await queue.enqueue(job('later', ask));
      worker.finish('between');
      await worker.called('later');
      for (const id of ['leader', 'between', 'elsewhere', 'later']) {
        expect(worker.calls.find((call) => call.id === id)?.context.shared).toBeUndefined();
      }
    });

    it('does not share a failed or cancelled answer: the next one asks for itself', async () => {
      const queue = open();
      const worker = await gated(queue, { attempts: 1 });
      const ask = { jobGroup: 'fgt', dedupId: 'check' };
      await queue.enqueue(job('fails', ask));
      await worker.called('fails');
      await queue.enqueue(job('next', ask));
      worker.gate('fails').reject(new Error('no'));
      await worker.called('next');
      await queue.enqueue(job('last', ask));
      expect(await queue.cancel('next', 'enough')).toBe(true);
      await worker.called('last');
      expect(worker.calls.map((call) => call.context.shared)).toEqual([undefined, undefined, undefined]);
      worker.finish('last');
      await ends(queue, 'last', 'completed');
    });

    it('never joins without a group', async () => {
      const queue = open();
      await queue.enqueue(job('a', { dedupId: 'k' }));
      expect(await queue.enqueue(job('b', { dedupId: 'k' }))).toMatchObject({ state: 'queued' });
    });
  });
}
