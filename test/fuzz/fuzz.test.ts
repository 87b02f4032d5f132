import { expect, it } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

it('takes whatever comes: no crash, no secret, no finding from junk', { timeout: 120_000 }, () => {
  const failures = runFuzz({ inputs: 2_000, seed: 1 });
  expect(failures.map(({ seed, why }) => `seed ${seed}: ${why}`)).toEqual([]);
});
