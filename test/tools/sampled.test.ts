import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { FIRST, LONG, PURE, SAMPLED } from '../support/test-files.ts';

const root = join(import.meta.dirname, '../..');
const files = globSync('test/**/*.test.ts', { cwd: root });

it('a test that tries a sample tries every case in `npm run test:long`', () => {
  const sampling = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return (
      /from '[./]+(?:support\/amount|invariants\/cases)\.ts'/.test(text) ||
      file.startsWith('test/invariants/')
    );
  });
  expect(sampling.length).toBeGreaterThan(20);
  expect(sampling.filter((file) => !SAMPLED.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
});

it.each([...SAMPLED, ...LONG, ...PURE, ...FIRST])('%s is there', (pattern) => {
  expect(files.some((file) => matchesGlob(file, pattern))).toBe(true);
});
