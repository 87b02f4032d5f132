import { describe, expect, it } from 'vitest';
import { createIntakeBudgets, type IntakeBudget, REQUEST_BYTES } from '../../src/intake/intake-budget.ts';

const LOG = { name: 'debug.log', size: 1_000_000 };
const ZIP = { name: 'logs.zip', size: 1_000_000 };

/** Who got in so far. */
async function entered(...waiting: readonly Promise<unknown>[]): Promise<readonly boolean[]> {
  const got = waiting.map(() => false);
  waiting.forEach((each, at) => void each.then(() => (got[at] = true)));
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  return got;
}

describe('the budget of what a process reads', () => {
  it('counts an archive as all that may be in it, and lets others wait until it is done', async () => {
    const open = createIntakeBudgets(REQUEST_BYTES);
    const [one, two, three] = [open(), open(), open()] as [IntakeBudget, IntakeBudget, IntakeBudget];
    const first = one.reserve([ZIP]);
    const second = two.reserve([ZIP]);
    const third = three.reserve([LOG]);
    expect(await entered(first, second, third)).toEqual([true, false, false]);
    one[Symbol.dispose]();
    expect(await entered(second, third)).toEqual([true, false]);
    two[Symbol.dispose]();
    expect(await entered(third)).toEqual([true]);
  });

  it('lets a short text pass an archive that waits', async () => {
    const open = createIntakeBudgets(REQUEST_BYTES + 2 * LOG.size);
    const [one, two, three] = [open(), open(), open()] as [IntakeBudget, IntakeBudget, IntakeBudget];
    const waiting = [one.reserve([ZIP]), two.reserve([ZIP]), three.reserve([LOG])];
    expect(await entered(...waiting)).toEqual([true, false, true]);
  });

  it('waits once for a request, and gives back what it held once', async () => {
    const open = createIntakeBudgets(REQUEST_BYTES);
    const one = open();
    await one.reserve([ZIP]);
    await one.reserve([ZIP]);
    one[Symbol.dispose]();
    one[Symbol.dispose]();
    const [two, three] = [open(), open()] as [IntakeBudget, IntakeBudget];
    expect(await entered(two.reserve([ZIP]), three.reserve([ZIP]))).toEqual([true, false]);
  });

  it('says how much a request may still read', () => {
    const one = createIntakeBudgets()();
    one.take(REQUEST_BYTES - 5);
    expect(one.left()).toBe(5);
    one.take(10);
    expect(one.left()).toBe(0);
  });
});
