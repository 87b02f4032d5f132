import { describe, expect, it, vi } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { queueAbort } from '../../../src/platform/queue/job-queue.ts';
import { ends, gated, job, OPTIONS, queueOpener, type TestBackend } from './queue-under-test.ts';

/** How jobs of every `JobQueue` are cancelled, tried again and interrupted. `newBackend` is called once per test. */
export function describeEndsOfJobs(name: string, newBackend: () => TestBackend): void {
  describe(`${name}: ends of jobs`, () => {
    const open = queueOpener(newBackend);

    it('cancels a running job from another process', async () => {
      const queue = open();
      const worker = await gated(queue);
      await queue.enqueue(job('long'));
      await worker.called('long');
      expect(await open().cancel('long', 'Ana pressed Stop')).toBe(true);
      await ends(queue, 'long', 'failed');
      const { signal } = worker.calls[0]?.context ?? {};
      expect(signal && queueAbort(signal)).toMatchObject({
        code: 'ftm_cancelled',
        message: 'Ana pressed Stop',
      });
      expect(worker.ids()).toEqual(['long']);
    });

    it.each([
      ['in the queue', { concurrency: 1 }, {}],
      ['for its group', { concurrency: 4 }, { jobGroup: 'fgt' }],
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
        if ('jobGroup' in more) await ends(queue, 'unwanted', 'failed');
        worker.finish('ahead');
        await worker.called('behind');
        await ends(queue, 'unwanted', 'failed');
        const calls = worker.calls.filter((call) => call.id === 'unwanted');
        expect(calls).toHaveLength(1);
        expect(calls[0] && queueAbort(calls[0].context.signal)).toMatchObject({ code: 'ftm_cancelled' });
      },
    );

    it('cancels a delayed job at once', async () => {
      const queue = open();
      const worker = await gated(queue);
      await queue.enqueue(job('tomorrow', { delayMs: 86_400_000, jobGroup: 'fgt' }));
      expect(await queue.cancel('tomorrow', 'no')).toBe(true);
      await ends(queue, 'tomorrow', 'failed');
      expect(worker.ids()).toEqual(['tomorrow']);
    });

    it('cancels a job that waits for its next try, and tries the answer again if that fails', async () => {
      const queue = open();
      const attempts: [number, string | undefined][] = [];
      await queue.process(
        async (_work, { attempt, signal }) => {
          attempts.push([attempt, queueAbort(signal)?.code]);
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

    it('tries again with growing pauses', async () => {
      const queue = open();
      const tries: number[] = [];
      await queue.process(async (_work, { attempt }) => {
        tries.push(attempt);
        throw new Error('no');
      }, OPTIONS);
      await queue.enqueue(job('fails', { jobGroup: 'fgt' }));
      await ends(queue, 'fails', 'failed');
      expect(tries).toEqual([1, 2, 3]);
      expect((await queue.counts()).failed).toBe(1);
    });

    it('lets the next job of the group go first while one waits for its next try', async () => {
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
      await queue.enqueue(job('flaky', { jobGroup: 'fgt' }));
      await queue.enqueue(job('steady', { jobGroup: 'fgt' }));
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
      expect(signal && queueAbort(signal)).toMatchObject({ code: 'ftm_time_limit', retryable: true });
    });

    it.each([
      ['back', -86_400_000],
      ['forward', 86_400_000],
    ])('aborts it then, and runs the next one, when the clock is set %s a day', async (_, step) => {
      const queue = open();
      const worker = await gated(queue, { timeLimitMs: 500, attempts: 1 });
      await queue.enqueue(job('slow'));
      await worker.called('slow');
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + step });
      try {
        await ends(queue, 'slow', 'failed');
        await queue.enqueue(job('next'));
        await worker.called('next');
      } finally {
        vi.useRealTimers();
      }
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
      expect(signal && queueAbort(signal)).toMatchObject({ code: 'ftm_interrupted' });
      expect(worker.ids()).toEqual(['endless']);
    });
  });
}
