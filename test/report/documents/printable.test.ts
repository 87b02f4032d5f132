import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../src/report/documents/printable.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1_000, '1,000'],
    [5_212, '5,212'],
    [1_234_567, '1,234,567'],
    [0.25, '0.3'],
    [93.96, '94'],
    [1_234.56, '1,234.6'],
    [-1_234, '-1,234'],
    [93.4, '93.4'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('reads as English writes them', () => {
    const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
    const number = fc.oneof(
      fc.integer(),
      fc.maxSafeNat(),
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.integer({ min: -1e7, max: 1e7 }).map((tenths) => tenths / 10),
      fc.integer({ min: -1e7, max: 1e7 }).map((hundredths) => hundredths / 100),
    );
    fc.assert(
      fc.property(number, (value) => {
        expect(formatNumber(value)).toBe(english.format(value + 0));
      }),
      { numRuns: 5_000 },
    );
  });
});
