import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHART } from '../../scripts/chart-values.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('docs/security.md', () => {
  /** `test/x.test.ts` "title", "another title" */
  const claims = [...read('docs/security.md').matchAll(/`(test\/[\w./-]+\.ts)`((?:,? "[^"]+")*)/g)].map(
    ([, path = '', titles = '']) => ({
      path,
      titles: [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
    }),
  );

  it('names a test for nearly every defence', () => {
    expect(claims.length).toBeGreaterThan(30);
  });

  it('names tests that exist, by titles that they have', () => {
    const wrong = claims.flatMap(({ path, titles }) => {
      if (!existsSync(join(ROOT, path))) return [`no ${path}`];
      const text = read(path);
      return titles.filter((title) => !text.includes(title)).map((title) => `${path} has no "${title}"`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  const text = read('docs/operations.md');

  it('says of every alert what to do', () => {
    const alerts = readFileSync(join(CHART, 'templates/prometheusrule.yaml'), 'utf8').matchAll(
      /alert: (\w+)/g,
    );
    expect(
      [...alerts].map(([, name = '']) => name).filter((name) => !text.includes(`### ${name}\n`)),
    ).toEqual([]);
  });

  it('names every metric', () => {
    const source = read('src/observe/metrics.ts');
    const names = [...source.matchAll(/(?:counter|gauge)\(\s*'(\w+)'/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
  });
});
