import { afterAll, describe, expect, it } from 'vitest';
import type { ProcessOptions } from '../../../src/platform/queue/job-queue.ts';
import { until } from '../../support/until.ts';
import type { TestBackend, Work } from './queue-under-test.ts';

const OPTIONS: ProcessOptions = { concurrency: 2, attempts: 3, backoffMs: 20, timeLimitMs: 10_000 };
const EVERY_SECOND = { id: 'tick', pattern: '* * * * * *', data: { say: 'tick' } };
const ONCE_A_WEEK = { ...EVERY_SECOND, pattern: '0 8 * * 1' };

/**
 * What every `JobQueue` must do about schedules. Each test waits for seconds, on a queue of its own: `concurrent` where none
 * opens a connection, of which many at once take longer on a busy machine than a request may wait.
 */
export function describeSchedules(
  name: string,
  newBackend: () => TestBackend,
  options: { readonly concurrent?: true } = {},
): void {
  describe(`${name}: a schedule`, options, () => {
    const opened: ReturnType<TestBackend['open']>[] = [];
    function open(backend: TestBackend) {
      const queue = backend.open();
      opened.push(queue);
      return queue;
    }
    afterAll(() => Promise.all(opened.map((queue) => queue.close(0))));

    it('makes one job each time, however many processes ask for it', async () => {
      const backend = newBackend();
      const queues = [open(backend), open(backend), open(backend)];
      const began = Date.now();
      await Promise.all(queues.map((queue) => queue.schedule(EVERY_SECOND)));
      const seen: { readonly id: string; readonly work: Work }[] = [];
      for (const queue of queues.slice(0, 2)) {
        await queue.process(async (work, { id }) => {
          seen.push({ id, work });
          return 'ok';
        }, OPTIONS);
      }
      await until(() => seen.length >= 3, 'it ran three times');
      const seconds = (Date.now() - began) / 1000;
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      expect(seen.length).toBeLessThanOrEqual(seconds + 1);
      expect(seen.every(({ work }) => work.say === 'tick')).toBe(true);
    });

    it('makes up once for a time at which no worker ran', async () => {
      const backend = newBackend();
      const first = open(backend);
      const soon = new Date(Date.now() + 3000);
      // The next time is in an hour.
      const pattern = `${soon.getUTCSeconds()} ${soon.getUTCMinutes()} * * * *`;
      await first.schedule({ ...EVERY_SECOND, pattern });
      const waiting = async () => {
        const { waiting: due, delayed } = await first.counts();
        return due + delayed;
      };
      await until(async () => (await waiting()) === 1, 'a job is there');
      await new Promise((resolve) => setTimeout(resolve, soon.getTime() + 200 - Date.now()));
      const second = open(backend);
      await second.schedule({ ...EVERY_SECOND, pattern });
      const seen: string[] = [];
      await second.process(async (_, { id }) => {
        seen.push(id);
        return 'ok';
      }, OPTIONS);
      await until(() => seen.length > 0, 'it ran');
      expect(await waiting()).toBeLessThanOrEqual(1);
      expect(seen).toHaveLength(1);
    });

    it('runs again where an attempt fails, and goes on', async () => {
      const queue = open(newBackend());
      await queue.schedule(EVERY_SECOND);
      const attempts: number[] = [];
      await queue.process(async (_, { attempt }) => {
        attempts.push(attempt);
        if (attempts.length === 1) throw new Error('for a moment');
        return 'ok';
      }, OPTIONS);
      await until(() => attempts.length >= 3, 'it ran again');
      expect(attempts.slice(0, 2)).toContain(2);
    });

    it('follows its time zone', async () => {
      // No other zone of the test has the same hour: Kathmandu is 5:45 ahead of UTC.
      const hours = [0, 1].map((more) => (new Date(Date.now() + 20_700_000).getUTCHours() + more) % 24);
      const pattern = `* * ${hours.join(',')} * * *`;
      const queue = open(newBackend());
      await queue.schedule({ id: 'utc', pattern, data: { say: 'utc' } });
      await queue.schedule({ id: 'there', pattern, timeZone: 'Asia/Kathmandu', data: { say: 'there' } });
      const seen: string[] = [];
      await queue.process(async ({ say }) => {
        seen.push(say);
        return 'ok';
      }, OPTIONS);
      await until(() => seen.length >= 2, 'it ran twice');
      expect(new Set(seen)).toEqual(new Set(['there']));
    });

    it('ends', async () => {
      const queue = open(newBackend());
      await queue.schedule(EVERY_SECOND);
      await queue.unschedule(EVERY_SECOND.id);
      const seen: string[] = [];
      await queue.process(async (_, { id }) => {
        seen.push(id);
        return 'ok';
      }, OPTIONS);
      await new Promise((resolve) => setTimeout(resolve, 2200));
      expect(seen).toEqual([]);
      await queue.unschedule('unknown');
    });

    it('waits for its time, and follows a new pattern', async () => {
      const queue = open(newBackend());
      await queue.schedule(ONCE_A_WEEK);
      const seen: string[] = [];
      await queue.process(async (_, { id }) => {
        seen.push(id);
        return 'ok';
      }, OPTIONS);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect(seen).toEqual([]);
      await queue.schedule(EVERY_SECOND);
      await until(() => seen.length > 0, 'it ran');
    });
  });
}
