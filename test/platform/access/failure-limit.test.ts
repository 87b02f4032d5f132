import { expect, it } from 'vitest';
import { createFailureLimit } from '../../../src/platform/access/failure-limit.ts';

const LIMIT = { max: 10, windowMs: 10 * 60_000 };

it('lets a person fail ten times in ten minutes, whatever others do', () => {
  let now = 1_000_000;
  const limit = createFailureLimit(() => now, LIMIT);
  const ana = Array.from({ length: 12 }, () => limit.count('ana'));
  expect(ana).toEqual([...Array<boolean>(10).fill(true), false, false]);
  expect(limit.count('ben')).toBe(true);
  now += 10 * 60_000 - 1;
  expect(limit.count('ana')).toBe(false);
  now += 1;
  expect(limit.count('ana')).toBe(true);
});

it('remembers no more than ten thousand people', () => {
  const limit = createFailureLimit(() => 0, LIMIT);
  for (let times = 0; times < 10; times += 1) limit.count('first');
  expect(limit.count('first')).toBe(false);
  for (let person = 0; person < 10_000; person += 1) limit.count(`p${person}`);
  expect(limit.count('first')).toBe(true);
});

it.each([
  ['back', -24 * 3_600_000],
  ['forward', 24 * 3_600_000],
])('shuts out for no longer than its time when the clock is set %s', (_, step) => {
  let now = 30 * 24 * 3_600_000;
  const limit = createFailureLimit(() => now, LIMIT);
  for (let times = 0; times < 11; times += 1) limit.count('ana');
  expect(limit.isReached('ana')).toBe(true);
  now += step;
  expect(limit.isReached('ana')).toBe(false);
  const again = Array.from({ length: 11 }, () => limit.count('ana'));
  expect(again).toEqual([...Array<boolean>(10).fill(true), false]);
});
