import { expect, it } from 'vitest';
import { AMOUNT } from '../support/amount.ts';
import { runFuzz } from './run-fuzz.ts';

it('takes whatever comes: no crash, no secret, no finding from junk', async () => {
  const failures = await runFuzz({ inputs: AMOUNT === 'sample' ? 80 : 2_000, seed: 1 });
  expect(failures.map(({ seed, why }) => `seed ${seed}: ${why}`)).toEqual([]);
});
