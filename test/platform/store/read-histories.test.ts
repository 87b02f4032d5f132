import { expect, it } from 'vitest';
import type { PastCheck } from '../../../src/platform/runs/past-check.ts';
import { readHistories, readHistorySummaries } from '../../../src/platform/store/read-histories.ts';

const ALIASES = Array.from({ length: 5_000 }, (_, number) => `fgt-${number}`);

function checkOf(alias: string, at: number): PastCheck {
  return {
    run: `run-${alias}-${at}`,
    at,
    verdict: 'broken',
    rules: ['push-disabled'],
    asker: { id: 'U0ANA' },
  };
}

/** A store that counts how many reads are open at the same time. */
function countedHistory() {
  const open = { now: 0, most: 0 };
  return {
    open,
    async read(alias: string): Promise<readonly PastCheck[]> {
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      await new Promise((resolve) => setImmediate(resolve));
      open.now -= 1;
      return [checkOf(alias, 1), checkOf(alias, 2)];
    },
  };
}

it('reads the histories of a fleet a few at a time, in order', async () => {
  const history = countedHistory();
  const found = await readHistories(
    ALIASES.map((alias) => ({ alias, customer: `customer of ${alias}` })),
    history,
  );
  expect(found.map(({ alias }) => alias)).toEqual(ALIASES);
  expect(found[7]?.customer).toBe('customer of fgt-7');
  expect(found[7]?.checks).toEqual([checkOf('fgt-7', 1), checkOf('fgt-7', 2)]);
  expect(history.open.most).toBeLessThanOrEqual(50);
});

it('keeps only of the last check who asked, and what was found', async () => {
  const [first] = await readHistorySummaries([{ alias: 'fgt-7' }], countedHistory());
  expect(first?.checks).toEqual([
    { run: '', at: 1, verdict: 'broken', rules: [], asker: { id: '' } },
    checkOf('fgt-7', 2),
  ]);
});
