import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('a test that tries a sample tries every case in `npm run test:long`', () => {
  const sampling = globSync('test/**/*.test.ts', { cwd: root }).filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return (
      /from '[./]+(?:support\/amount|invariants\/cases)\.ts'/.test(text) ||
      file.startsWith('test/invariants/')
    );
  });
  expect(sampling.length).toBeGreaterThan(20);
  expect(sampling.filter((file) => !file.endsWith('.sampled.test.ts'))).toEqual([]);
});
