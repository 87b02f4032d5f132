import { afterEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../src/ftm-error.ts';
import {
  abortReason,
  type JobContext,
  type JobQueue,
  type JobState,
  type ProcessOptions,
} from '../../src/queue/job-queue.ts';
import { until } from '../support/until.ts';

export interface Work {
  readonly say: string;
}
type TestQueue = JobQueue<Work, string>;

/** A fresh, empty backend; each `open` is another process's door to it, where there is such a thing. */
export interface TestBackend {
  open(): TestQueue;
}

const OPTIONS: ProcessOptions = { concurrency: 4, attempts: 3, backoffMs: 20, timeLimitMs: 10_000 };

/** What every `JobQueue` must do. `newBackend` is called once per test. */
export function describeJobQueue(name: string, newBackend: () => TestBackend): void {
  describe(`${name}: a job queue`, () => {
    const opened: TestQueue[] = [];
    let backend: TestBackend | undefined;

    function open(): TestQueue {
      backend ??= newBackend();
      const queue = backend.open();
      opened.push(queue);
      return queue;
    }

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((queue) => queue.close(0)));
      backend = undefined;
    });

    /** Jobs run until their gate opens; `calls` says who was called, in order. */
    async function gated(queue: TestQueue, options: Partial<ProcessOptions> = {}) {
      const calls: { id: string; context: JobContext<string> }[] = [];
      const gates = new Map<string, PromiseWithResolvers<string>>();
      const gate = (id: string) => {
        const found = gates.get(id) ?? Promise.withResolvers<string>();
        gates.set(id, found);
        return found;
      };
      await queue.process(
        async (_work, context) => {
          calls.push({ id: context.id, context });
          const { signal } = context;
          if (context.shared !== undefined) return `shared ${context.shared.result}`;
          signal.throwIfAborted();
          const aborted = new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          });
          return Promise.race([gate(context.id).promise, aborted]);
        },
        { ...OPTIONS, ...options },
      );
      const ids = (): string[] => calls.map((call) => call.id);
      const called = (id: string, times = 1) =>
        until(() => ids().filter((each) => each === id).length >= times, `${id} was called ${times} times`);
      return { calls, ids, called, finish: (id: string, result = id) => gate(id).resolve(result), gate };
    }

    const ends = (queue: TestQueue, id: string, as: JobState) =>
      until(async () => (await queue.state(id)) === as, `${id} is ${as}`);

    const job = (id: string, more: object = {}) => ({ id, data: { say: id }, ...more });

    it('runs a job with the data it was given, and remembers that it ended', async () => {
      const queue = open();
      const seen: unknown[] = [];
      await queue.process(async (work, context) => {
        seen.push(work, context.attempt, context.lastAttempt, context.signal.aborted);
        return 'ok';
      }, OPTIONS);
      const say = 'ä\u2028</x> {"seq":1} %s $&';
      expect(await queue.enqueue({ id: 'one', data: { say } })).toEqual({ state: 'queued', ahead: 0 });
      await ends(queue, 'one', 'completed');
      expect(seen).toEqual([{ say }, 1, false, false]);
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
      expect(await queue.enqueue(job('twin', { lane: 'x' }))).toEqual({ state: 'duplicate' });
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

    it('runs one job of a lane at a time, in order, over two processes, and other lanes meanwhile', async () => {
      const queue = open();
      const other = open();
      const order: string[] = [];
      const running = new Set<string>();
      let together = 0;
      const handler = async (_work: Work, { id }: JobContext<string>): Promise<string> => {
        order.push(id);
        running.add(id);
        together = Math.max(together, [...running].filter((each) => each.startsWith('lane')).length);
        await new Promise((resolve) => setTimeout(resolve, 15));
        running.delete(id);
        return id;
      };
      const lane = Array.from({ length: 6 }, (_, i) => `lane-${i}`);
      for (const id of lane) await queue.enqueue(job(id, { lane: 'fgt-1' }));
      await queue.enqueue(job('free', { lane: 'fgt-2' }));
      await queue.process(handler, OPTIONS);
      if (other !== queue) await other.process(handler, OPTIONS);
      await ends(queue, 'lane-5', 'completed');
      await ends(queue, 'free', 'completed');
      expect(order.filter((id) => id !== 'free')).toEqual(lane);
      expect(order.indexOf('free')).toBeLessThan(5);
      expect(together).toBe(1);
    });

    it('does not let a full lane use up the places of others, and tells how many are ahead', async () => {
      const queue = open();
      const worker = await gated(queue, { concurrency: 2 });
      await queue.enqueue(job('first', { lane: 'busy' }));
      await worker.called('first');
      for (const id of ['second', 'third', 'fourth']) await queue.enqueue(job(id, { lane: 'busy' }));
      await queue.enqueue(job('else', { lane: 'quiet' }));
      await worker.called('else');
      await until(async () => (await queue.counts()).waiting === 3, 'three wait');
      expect(await queue.counts()).toEqual({ waiting: 3, active: 2, delayed: 0, failed: 0 });
      expect(await queue.state('third')).toBe('waiting');
      const fifth = await queue.enqueue(job('fifth', { lane: 'busy' }));
      expect(fifth).toMatchObject({ state: 'queued' });
      expect(fifth).toSatisfy((answer: { ahead: number }) => answer.ahead >= 3);
    });

    it.each([
      ['for its lane', { concurrency: 3 }, 'busy'],
      ['for a free hand', { concurrency: 1 }, undefined],
    ])('tells the place of a job that waits %s, as it changes', async (_where, limits, lane) => {
      const queue = open();
      const asked = open();
      const worker = await gated(queue, limits);
      const more = lane === undefined ? {} : { lane };
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
      const behind = lane === undefined ? 0 : 1;
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
      const ask = { lane: 'fgt', joinKey: 'check' };
      expect(await queue.enqueue(job('leader', ask))).toEqual({ state: 'queued', ahead: 0 });
      await worker.called('leader');
      await queue.enqueue(job('between', { lane: 'fgt', joinKey: 'another question' }));
      expect(await queue.enqueue(job('follower', ask))).toEqual({ state: 'joined', leader: 'leader' });
      expect(await queue.enqueue(job('elsewhere', { ...ask, lane: 'fgt-2' }))).toMatchObject({
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
      const ask = { lane: 'fgt', joinKey: 'check' };
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

    it('never joins without a lane', async () => {
      const queue = open();
      await queue.enqueue(job('a', { joinKey: 'k' }));
      expect(await queue.enqueue(job('b', { joinKey: 'k' }))).toMatchObject({ state: 'queued' });
    });

    it('cancels a running job from another process', async () => {
      const queue = open();
      const worker = await gated(queue);
      await queue.enqueue(job('long'));
      await worker.called('long');
      expect(await open().cancel('long', 'Ana pressed Stop')).toBe(true);
      await ends(queue, 'long', 'failed');
      const { signal } = worker.calls[0]?.context ?? {};
      expect(signal && abortReason(signal)).toMatchObject({
        code: 'ftm_cancelled',
        message: 'Ana pressed Stop',
      });
      expect(worker.ids()).toEqual(['long']);
    });

    it.each([
      ['in the queue', { concurrency: 1 }, {}],
      ['for its lane', { concurrency: 4 }, { lane: 'fgt' }],
    ])(
      'cancels a job that waits %s: its handler is called once, aborted, to answer',
      async (_where, limits, more) => {
        const queue = open();
        const worker = await gated(queue, limits);
        await queue.enqueue(job('ahead', more));
        await worker.called('ahead');
        await queue.enqueue(job('unwanted', more));
        await queue.enqueue(job('behind', more));
        expect(await queue.cancel('unwanted', 'never mind')).toBe(true);
        if ('lane' in more) await ends(queue, 'unwanted', 'failed');
        worker.finish('ahead');
        await worker.called('behind');
        await ends(queue, 'unwanted', 'failed');
        const calls = worker.calls.filter((call) => call.id === 'unwanted');
        expect(calls).toHaveLength(1);
        expect(calls[0] && abortReason(calls[0].context.signal)).toMatchObject({ code: 'ftm_cancelled' });
      },
    );

    it('cancels a delayed job at once', async () => {
      const queue = open();
      const worker = await gated(queue);
      await queue.enqueue(job('tomorrow', { delayMs: 86_400_000, lane: 'fgt' }));
      expect(await queue.cancel('tomorrow', 'no')).toBe(true);
      await ends(queue, 'tomorrow', 'failed');
      expect(worker.ids()).toEqual(['tomorrow']);
    });

    it('cancels a job that waits for its next try, and tries the answer again if that fails', async () => {
      const queue = open();
      const attempts: [number, string | undefined][] = [];
      await queue.process(
        async (_work, { attempt, signal }) => {
          attempts.push([attempt, abortReason(signal)?.code]);
          if (attempt === 1) throw new Error('device away');
          if (attempt === 2) throw new Error('Slack away');
          return 'said that it was cancelled';
        },
        { ...OPTIONS, backoffMs: 400 },
      );
      await queue.enqueue(job('stubborn'));
      await ends(queue, 'stubborn', 'delayed');
      expect(await queue.cancel('stubborn', 'stop')).toBe(true);
      await ends(queue, 'stubborn', 'completed');
      expect(attempts).toEqual([
        [1, undefined],
        [2, 'ftm_cancelled'],
        [3, 'ftm_cancelled'],
      ]);
    });

    it('cannot cancel what ended or never was', async () => {
      const queue = open();
      const worker = await gated(queue);
      worker.finish('done');
      await queue.enqueue(job('done'));
      await ends(queue, 'done', 'completed');
      expect(await queue.cancel('done', 'x')).toBe(false);
      expect(await queue.cancel('never', 'x')).toBe(false);
      expect(await queue.state('never')).toBe('unknown');
    });

    it('tries again with growing pauses, and says which try is the last', async () => {
      const queue = open();
      const tries: [number, boolean][] = [];
      await queue.process(async (_work, { attempt, lastAttempt }) => {
        tries.push([attempt, lastAttempt]);
        throw new Error('no');
      }, OPTIONS);
      await queue.enqueue(job('fails', { lane: 'fgt' }));
      await ends(queue, 'fails', 'failed');
      expect(tries).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
      expect((await queue.counts()).failed).toBe(1);
    });

    it('lets the next job of the lane go first while one waits for its next try', async () => {
      const queue = open();
      const order: string[] = [];
      await queue.process(
        async (_work, { id, attempt }) => {
          order.push(`${id} ${attempt}`);
          if (id === 'flaky' && attempt === 1) throw new Error('once');
          return id;
        },
        { ...OPTIONS, backoffMs: 300 },
      );
      await queue.enqueue(job('flaky', { lane: 'fgt' }));
      await queue.enqueue(job('steady', { lane: 'fgt' }));
      await ends(queue, 'flaky', 'completed');
      expect(order).toEqual(['flaky 1', 'steady 1', 'flaky 2']);
    });

    it('does not repeat what is not worth it', async () => {
      const queue = open();
      let calls = 0;
      await queue.process(
        async () => {
          calls += 1;
          throw new FtmError('ftm_device_auth_failed', 'wrong password');
        },
        { ...OPTIONS, retryable: (error) => error instanceof FtmError && error.retryable },
      );
      await queue.enqueue(job('lockout'));
      await ends(queue, 'lockout', 'failed');
      expect(calls).toBe(1);
    });

    it('aborts a try when its time is over', async () => {
      const queue = open();
      const worker = await gated(queue, { timeLimitMs: 60, attempts: 1 });
      await queue.enqueue(job('slow'));
      await ends(queue, 'slow', 'failed');
      const { signal } = worker.calls[0]?.context ?? {};
      expect(signal && abortReason(signal)).toMatchObject({ code: 'ftm_time_limit', retryable: true });
    });

    it('tells progress to every process that listens', async () => {
      const queue = open();
      const other = open();
      const heard: [string, unknown][] = [];
      const late: unknown[] = [];
      other.onProgress((id, progress) => heard.push([id, progress]));
      const leave = other.onProgress((id) => late.push(id));
      leave();
      const done = Promise.withResolvers<string>();
      await queue.process(async (_work, context) => {
        // A listener hears from the moment it is connected; so say it until heard.
        while (heard.length === 0) {
          context.progress({ phase: 'collect', step: 1, steps: 2 });
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return done.promise;
      }, OPTIONS);
      await queue.enqueue(job('talks'));
      await until(() => heard.length > 0, 'progress was heard');
      expect(heard[0]).toEqual(['talks', { phase: 'collect', step: 1, steps: 2 }]);
      expect(late).toEqual([]);
      done.resolve('');
    });

    it('is ready, until it is closed', async () => {
      const queue = open();
      await expect(queue.ready()).resolves.toBeUndefined();
      await queue.close(0);
      await expect(queue.ready()).rejects.toMatchObject({ code: 'ftm_queue_unavailable' });
      await expect(queue.enqueue(job('too-late'))).rejects.toMatchObject({ code: 'ftm_queue_unavailable' });
    });

    it('waits at close for what runs', async () => {
      const queue = open();
      const worker = await gated(queue);
      await queue.enqueue(job('short'));
      await worker.called('short');
      const closed = queue.close(10_000);
      worker.finish('short', 'whole');
      await closed;
      expect(worker.calls[0]?.context.signal.aborted).toBe(false);
    });

    it('interrupts at the deadline, and starts nothing more', async () => {
      const queue = open();
      const worker = await gated(queue, { concurrency: 1 });
      await queue.enqueue(job('endless'));
      await worker.called('endless');
      await queue.enqueue(job('next'));
      await queue.close(20);
      const { signal } = worker.calls[0]?.context ?? {};
      expect(signal && abortReason(signal)).toMatchObject({ code: 'ftm_interrupted' });
      expect(worker.ids()).toEqual(['endless']);
    });
  });
}
