import { afterEach, describe, expect, it } from 'vitest';
import type { JobQueue } from '../../../src/platform/queue/job-queue.ts';
import { until } from '../../support/until.ts';
import type { Work } from './queue-under-test.ts';

const OPTIONS = { concurrency: 1, attempts: 1, backoffMs: 20, timeLimitMs: 10_000 };

/** Part of the conformance of every queue. */
export function describeWaitingAge(name: string, newBackend: () => { open(): JobQueue<Work, string> }): void {
  describe(`${name}: the oldest that waits`, () => {
    const opened: JobQueue<Work, string>[] = [];
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((queue) => queue.close(0)));
    });

    it('counts for its group or for a place, and not where it runs or shall wait', async () => {
      const queue = newBackend().open();
      opened.push(queue);
      const called: string[] = [];
      const gates = new Map(['first', 'second', 'third'].map((id) => [id, Promise.withResolvers<string>()]));
      await queue.process(async (_, { id }) => {
        called.push(id);
        return (await gates.get(id)?.promise) ?? '';
      }, OPTIONS);
      const isCalled = (id: string) => until(() => called.includes(id), `${id} was called`);
      const job = (id: string, more: object = {}) => ({ id, data: { say: id }, ...more });
      const hasWaited = async (ms: number) => (await queue.oldestWaitingMs()) > ms;

      await queue.enqueue(job('later', { delayMs: 60_000 }));
      await queue.enqueue(job('first', { jobGroup: 'busy' }));
      await isCalled('first');
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await queue.oldestWaitingMs()).toBe(0);
      await queue.enqueue(job('second', { jobGroup: 'busy' }));
      await until(() => hasWaited(50), 'the second has waited for a while');
      await queue.enqueue(job('third'));
      expect(await hasWaited(50)).toBe(true);
      for (const gate of gates.values()) gate.resolve('');
      await Promise.all([isCalled('second'), isCalled('third')]);
      expect(await queue.oldestWaitingMs()).toBe(0);
    });
  });
}
