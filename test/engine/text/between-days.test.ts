import { expect, it } from 'vitest';
import { betweenDays } from '../../../src/engine/text/between-days.ts';

it.each([
  ['2026-03-03T09:12:00Z', '2026-03-05T14:03:59Z', 'between 3 and 5 March'],
  ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', 'between 28 February and 1 March'],
  ['2025-12-30T09:12:00Z', '2026-01-05T09:12:00Z', 'between 30 December 2025 and 5 January 2026'],
  ['2026-03-05T09:12:00Z', '2026-03-05T14:03:59Z', 'between 09:12 and 14:03 UTC on 5 March'],
  ['2025-03-05T09:12:00Z', '2026-03-05T14:03:59Z', 'between 5 March 2025 and 5 March 2026'],
])('%s and %s are %s', (from, until, text) => {
  expect(betweenDays(Date.parse(from), Date.parse(until))).toBe(text);
});
