import { afterEach, describe, expect, it } from 'vitest';
import type { ProcessOptions } from '../../../src/platform/queue/job-queue.ts';
import { until } from '../../support/until.ts';
import type { TestBackend } from './queue-under-test.ts';

const OPTIONS: ProcessOptions = { concurrency: 1, attempts: 3, backoffMs: 20, timeLimitMs: 10_000 };

/** What every `JobQueue` must do about background jobs. */
export function describeBackgroundJobs(name: string, newBackend: () => TestBackend): void {
  describe(`${name}: background jobs`, () => {
    const opened: ReturnType<TestBackend['open']>[] = [];
    afterEach(() => Promise.all(opened.splice(0).map((queue) => queue.close(0))));

    /** Jobs run until they are finished; `called` says which were, in order. */
    async function start(options: Partial<ProcessOptions> = {}) {
      const queue = newBackend().open();
      opened.push(queue);
      const called: string[] = [];
      const gates = new Map<string, PromiseWithResolvers<string>>();
      await queue.process(
        (_, { id }) => {
          called.push(id);
          const gate = Promise.withResolvers<string>();
          gates.set(id, gate);
          return gate.promise;
        },
        { ...OPTIONS, ...options },
      );
      return {
        queue,
        called,
        enqueue: (id: string, more: object = {}) => queue.enqueue({ id, data: { say: id }, ...more }),
        runs: (id: string) => until(() => called.includes(id), `${id} runs`),
        finish: async (id: string) => {
          gates.get(id)?.resolve(id);
          await until(async () => (await queue.state(id)) === 'completed', `${id} has ended`);
        },
      };
    }

    it('run only where no other job waits', async () => {
      const jobs = await start();
      const { queue, called } = jobs;
      await jobs.enqueue('first');
      await jobs.runs('first');
      await jobs.enqueue('sweep-1', { background: true });
      await jobs.enqueue('sweep-2', { background: true, jobGroup: 'x' });
      await jobs.enqueue('person-1');
      await jobs.enqueue('person-2', { jobGroup: 'y' });
      expect(await queue.state('sweep-1')).toBe('waiting');
      expect(await queue.counts()).toMatchObject({ waiting: 4, active: 1 });
      const order = ['first', 'person-1', 'person-2', 'sweep-1', 'sweep-2'];
      for (const id of order) {
        await jobs.runs(id);
        await jobs.finish(id);
      }
      expect(called).toEqual(order);
    });

    it('are last in their group: others wait for the one that runs only', async () => {
      const jobs = await start({ concurrency: 2 });
      const { called } = jobs;
      await jobs.enqueue('reading', { jobGroup: 'x', background: true });
      await jobs.runs('reading');
      await jobs.enqueue('sweep', { jobGroup: 'x', background: true });
      expect(await jobs.enqueue('person', { jobGroup: 'x' })).toEqual({ state: 'queued', ahead: 1 });
      await jobs.finish('reading');
      await jobs.runs('person');
      await jobs.finish('person');
      await jobs.runs('sweep');
      await jobs.finish('sweep');
      expect(called).toEqual(['reading', 'person', 'sweep']);
    });
  });
}
