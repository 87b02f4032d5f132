import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { readRecipe } from './image.ts';

const SERVE_SETTING = join(import.meta.dirname, '../../src/cli/process/scavenge-while-marking.ts');

/** V8 enlarges the space when many objects outlive a collection. */
const SCRIPT = `
  const kept = [];
  for (let at = 0; at < 500; at += 1) kept.push(Array.from({ length: 1000 }, () => ({ at })));
  const young = v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(young.space_size / 2 ** 20);`;

/** Objects of which every second is kept; prints the largest size. */
const MARKING = `
  const { scavengeWhileMarking } = await import(${JSON.stringify(SERVE_SETTING)});
  if (process.argv[1] === 'serve') scavengeWhileMarking();
  const { getHeapSpaceStatistics } = await import('node:v8');
  const kept = [];
  let most = 0;
  for (let at = 0; at < 3000; at += 1) {
    const made = Array.from({ length: 1000 }, () => ({ at, text: 'x'.repeat(3) + at }));
    if (at % 2 === 0) kept.push(made);
    if (at % 10 !== 0) continue;
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    most = Math.max(most, young.space_size);
  }
  console.log(most / 2 ** 20);`;

async function sizeAfter(...args: readonly string[]): Promise<number> {
  const { entrypoint } = await readRecipe();
  const flags = entrypoint.slice(1, -1);
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...args]);
  return Number(stdout);
}

it('the image keeps the space for short-lived objects small', async () => {
  expect(await sizeAfter('-e', SCRIPT)).toBeLessThanOrEqual(16);
});

it('bot and worker keep it small while V8 marks, without other cores too', async () => {
  const run = ['--single-threaded-gc', '--input-type=module', '-e', MARKING, '--'];
  expect(await sizeAfter(...run, 'other')).toBeGreaterThan(16);
  expect(await sizeAfter(...run, 'serve')).toBeLessThanOrEqual(16);
});
