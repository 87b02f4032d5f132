import { getHeapStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { returnMemory } from '../../../src/platform/threads/return-memory.ts';

const heapMb = () => getHeapStatistics().total_physical_size / 1e6;

it('returns the memory of what is no longer used, and leaves no function behind', () => {
  // What other files of this process left behind could otherwise be collected in between.
  returnMemory();
  const before = heapMb();
  const held = [Array.from({ length: 1_000_000 }, (_, at) => `${at} ${Math.random()}`)];
  const full = heapMb();
  held.pop();
  expect(full - before).toBeGreaterThan(30);
  returnMemory();
  expect(full - heapMb()).toBeGreaterThan(30);
  expect(globalThis).not.toHaveProperty('gc');
});
