import { expect, it } from 'vitest';
import { createRandom } from '../fuzz/random.ts';
import { checks, isLong } from './cases.ts';
import { damagesOf, diagnose, healed } from './damage.ts';

/** Lost answers of each device in a run of all tests; the long form takes every one. */
const SAMPLE = 4;

function sample<T>(all: readonly T[], seed: number): readonly T[] {
  if (isLong || all.length === 0) return all;
  const random = createRandom(seed);
  return Array.from({ length: SAMPLE }, () => random.pick(all));
}

it('no lost answer makes a rule or a case healthy', { timeout: isLong ? 3_600_000 : 60_000 }, async () => {
  const examples = await checks();
  const found = examples.flatMap((example, seed) => {
    const before = diagnose(example);
    return sample(damagesOf(example), seed).flatMap(({ at, damage }) => healed(example, before, at, damage));
  });
  expect(found).toEqual([]);
});
