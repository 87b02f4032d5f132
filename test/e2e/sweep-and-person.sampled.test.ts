import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

/** That the system under test reads at a time. */
const CONCURRENCY = 4;
const DEVICES = 16;
const ASKED = 'fgt-branch-07';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

/** Aliases of the devices that were connected to, in order. */
function connected({ log }: TestSystem): readonly string[] {
  return log
    .filter((line) => line.includes('"msg":"connecting"'))
    .map((line) => (JSON.parse(line) as { readonly device: string }).device);
}

describe.for(sampleOf(['BullMQ', 'in-process'] as const, 2, 1))(
  'a check that a person asks for: %s',
  (queue) => {
    it('waits for at most one device of a sweep that runs', async ({ skip }) => {
      skip(queue === 'BullMQ' && !redis);
      const place = queue === 'BullMQ' && redis !== undefined ? { redis: { ...redis } } : {};
      await using system = await startTestSystem({
        ...place,
        behaviour: { commandDelayMs: 100 },
        inventoryLines: `groups:\n  branches: {}
sweeps:
  - { name: nightly, group: branches, cron: "0 3 1 1 *", channel: ${SUPPORT} }`,
        inventoryDevices: (port, hostKeys) =>
          Array.from(
            { length: DEVICES },
            (_, number) =>
              `  fgt-b${number}: { address: 127.0.0.1, port: ${port}, groups: [branches], hostKeys: ${JSON.stringify(hostKeys)} }`,
          ).join('\n'),
      });
      const id = 'sweep-of-test';
      await system.backend.queue.enqueue({
        id,
        data: { kind: 'sweep', runId: id, acceptedAt: 0, sweep: 'nightly' },
      });
      await until(() => connected(system).length >= CONCURRENCY, 'as many devices are read as may be');
      await system.check(ASKED);
      await until(
        () => system.log.some((line) => line.includes('"msg":"request accepted"')),
        'the request is accepted',
      );
      const before = connected(system).length;
      await system.answered({ alias: ASKED });
      const after = connected(system).slice(before);
      // All places become free within milliseconds, and the check takes one of them: which of these connects first is chance.
      expect(after.indexOf(ASKED)).toBeGreaterThanOrEqual(0);
      expect(after.indexOf(ASKED)).toBeLessThan(CONCURRENCY);
      const read = new Set(connected(system));
      // The answer does not wait for the sweep either.
      expect(read.size).toBeLessThan(DEVICES);
    });
  },
);
