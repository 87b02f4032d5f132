import { describe, expect, it } from 'vitest';
import { arrowsInCycles } from './cycles.ts';

describe('arrows in cycles', () => {
  it.each([
    ['a > b, b > c', ''],
    ['a > a', 'a > a'],
    ['x > a, a > b, b > c, c > a, c > y', 'a > b, b > c, c > a'],
    ['a > b, b > a, b > c, c > d, d > c', 'a > b, b > a, c > d, d > c'],
  ])('finds in %s', (drawn, expected) => {
    const arrows = drawn.split(', ').map((each) => {
      const [from = '', to = ''] = each.split(' > ');
      return { from, to };
    });
    expect(
      arrowsInCycles(arrows)
        .map(({ from, to }) => `${from} > ${to}`)
        .join(', '),
    ).toBe(expected);
  });
});
