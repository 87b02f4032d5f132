import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const CHILD = fileURLToPath(new URL('./limit-heap-child.ts', import.meta.url));

it.each([
  ['has just been loaded', ['2']],
  ['has made objects while it was loaded', ['4']],
  ['has filled it while it was loaded', ['8', 'late']],
])('the space for young objects stays at 8 MB where the program %s', async (_when, args) => {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, ...args]);
  const { atStart, atEnd } = JSON.parse(stdout) as { atStart: number; atEnd: number };
  // V8 may have enlarged it twice between two looks. It grows by doubling; a part of a page more is not growth.
  expect(atEnd).toBeLessThan(2 * Math.max(8, atStart));
});
