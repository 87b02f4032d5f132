import { expect, it } from 'vitest';
import { byVdom } from '../../../../src/engine/facts/config/by-vdom.ts';

const ITEMS = [
  { id: 1, vdom: 'edge' },
  { id: 2 },
  { id: 3, vdom: 'lab' },
  { id: 4, vdom: 'edge' },
  { id: 5 },
] as const;

it.each([
  ['edge', [1, 2, 4, 5]],
  ['lab', [2, 3, 5]],
  ['none of these', [2, 5]],
])('VDOM %s: its own items and those of none, in their order', (name, ids) => {
  const itemsIn = byVdom<{ id: number; vdom?: string }>(ITEMS, ({ vdom }) => vdom);
  expect(itemsIn(name).map(({ id }) => id)).toEqual(ids);
});

it('goes through the items once, however many VDOMs are asked about', () => {
  const seen: number[] = [];
  const itemsIn = byVdom<{ id: number; vdom?: string }>(ITEMS, ({ id, vdom }) => {
    seen.push(id);
    return vdom;
  });
  expect(seen).toEqual([]);
  for (const name of ['edge', 'lab', 'edge']) itemsIn(name);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});
