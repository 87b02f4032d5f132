import { describe, expect, it } from 'vitest';
import { SectionStream } from '../../../src/engine/evidence/section-stream.ts';
import type { Section } from '../../../src/engine/evidence/types.ts';
import { AMOUNT } from '../../support/amount.ts';

/** Lines of 520 characters; a sample has a lower limit than the one of the product, which takes 64 MB. */
const ENDLESS =
  AMOUNT === 'sample'
    ? { lines: 15_000, limit: 4_000_000, mostHeld: 11_500 }
    : { lines: 200_000, limit: undefined, mostHeld: 150_000 };

/** How many of so many lines are held back when the last of them has come. */
function heldBack(first: string, line: string, count: number, maxHeld?: number): number {
  let emitted = 0;
  const take = (sections: readonly Section[]): undefined => {
    emitted += sections.reduce((sum, section) => sum + section.lines.length, 0);
  };
  const intake = new SectionStream('some.txt', take, undefined, maxHeld);
  intake.line(first);
  for (let number = 1; number < count; number += 1) intake.line(line);
  const held = count - emitted;
  intake.end();
  expect(emitted).toBe(count);
  return held;
}

describe('what is no log', () => {
  it.each([
    { of: 'empty lines', first: '', line: '' },
    { of: 'a quote that nobody closes', first: '"', line: '"' },
  ])('is let go by the number of its lines, too: $of', ({ first, line }) => {
    expect(heldBack(first, line, 400_000)).toBeLessThan(300_000);
  });

  it('is held as a whole where it is a configuration', () => {
    expect(heldBack('config firewall address', '    set comment "x"', 200_000)).toBe(200_000);
  });

  it('is not held for ever where a configuration does not end', () => {
    const line = `    set comment "${'x'.repeat(500)}"`;
    const { lines, limit, mostHeld } = ENDLESS;
    expect(heldBack('config firewall address', line, lines, limit)).toBeLessThan(mostHeld);
  });
});
