import { expect, it } from 'vitest';
import { createLookUpLimit } from '../../../src/platform/access/look-up-limit.ts';

it('lets a person fail ten times in ten minutes, whatever others do', () => {
  let now = 1_000_000;
  const limit = createLookUpLimit(() => now);
  const ana = Array.from({ length: 12 }, () => limit.count('ana'));
  expect(ana).toEqual([...Array<boolean>(10).fill(true), false, false]);
  expect(limit.count('ben')).toBe(true);
  now += 10 * 60_000 - 1;
  expect(limit.count('ana')).toBe(false);
  now += 1;
  expect(limit.count('ana')).toBe(true);
});

it('remembers no more than ten thousand people', () => {
  const limit = createLookUpLimit(() => 0);
  for (let times = 0; times < 10; times += 1) limit.count('first');
  expect(limit.count('first')).toBe(false);
  for (let person = 0; person < 10_000; person += 1) limit.count(`p${person}`);
  expect(limit.count('first')).toBe(true);
});
