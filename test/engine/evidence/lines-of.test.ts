import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinLines, linesOf } from '../../../src/engine/evidence/lines-of.ts';

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '\n', '\r') }),
  fc.integer({ min: 990, max: 2010 }).map((count) => 'x\n'.repeat(count)),
);

it('gives the lines of a text, and joins them to the same text', () => {
  fc.assert(
    fc.property(text, (whole) => {
      expect([...linesOf(whole)]).toEqual(whole.split('\n'));
      expect(joinLines(linesOf(whole))).toBe(whole);
    }),
  );
});
