import { expect, it } from 'vitest';
import { createPager, type PagerOptions } from '../../src/oncall/pager.ts';
import { mayAttempt, startAttempt } from '../../src/platform/queue/job-attempt.ts';
import type { ProcessOptions } from '../../src/platform/queue/job-queue.ts';
import { openTestEscalations, SUPPORT } from './test-pager.ts';

it('a page goes on although its workers were killed again and again', async () => {
  await using setup = await openTestEscalations({
    escalation: `
  routes:
    team: { kind: slack, levels: [{ user: U0BEN }] }
`,
  });
  const { settings, runs, records, thread, logger, now } = setup.parts();
  const { promise: options, resolve } = Promise.withResolvers<ProcessOptions>();
  const queue = {
    enqueue: async () => ({ state: 'duplicate' }),
    process: async (_: unknown, given: ProcessOptions) => resolve(given),
  };
  const escalations = createPager({
    settings: () => settings,
    inventory: setup.inventory,
    queue: queue as unknown as PagerOptions['queue'],
    runs,
    records,
    thread,
    readSecret: async () => SUPPORT,
    logger,
    now,
  });
  await escalations.work();
  const counts = { attempt: 12, crashes: 11 };
  expect(mayAttempt(counts, await options)).toBe(true);
  const attempt = startAttempt(
    async (_data: null, { signal }) => signal.aborted,
    { id: 'open', data: null, ...counts },
    await options,
  );
  expect(await attempt.ended).toMatchObject({ kind: 'done', result: false });
});
