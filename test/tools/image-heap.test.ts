import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { readRecipe } from './image.ts';

/** V8 enlarges the space when many objects outlive a collection. */
const SCRIPT = `
  const kept = [];
  for (let at = 0; at < 500; at += 1) kept.push(Array.from({ length: 1000 }, () => ({ at })));
  const young = v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(young.space_size / 2 ** 20);`;

it('the image keeps the space for short-lived objects small', async () => {
  const { entrypoint } = await readRecipe();
  const flags = entrypoint.slice(1, -1);
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '-e', SCRIPT]);
  expect(Number(stdout)).toBeLessThanOrEqual(16);
});
