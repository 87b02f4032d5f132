import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGE_GLOBS, pageText, sitePage } from '../../scripts/site/site-pages.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = 'https://code.example.com/blob/main/';

describe('sitePage', () => {
  it.each([
    ['docs/README.md', 'index.md'],
    ['docs/how-to/slack.md', 'how-to/slack.md'],
    ['docs/pictures/page.png', 'pictures/page.png'],
    ['src/engine/rules/vpn-wait-too-short/page.md', 'rules/vpn-wait-too-short.md'],
    ['README.md', 'overview.md'],
    ['schema/diagnosis@1.json', undefined],
    ['docs/how-to/deep/page.md', undefined],
  ])('%s is %s', (file, page) => {
    expect(sitePage(file)).toBe(page);
  });

  it('gives every file of the documentation a page of its own', () => {
    const files = globSync([...PAGE_GLOBS], { cwd: ROOT });
    expect(files.filter((file) => file.startsWith('docs/'))).toEqual(
      expect.arrayContaining(globSync('docs/**/*.md', { cwd: ROOT })),
    );
    expect(new Set(files.map(sitePage)).size).toBe(files.length);
    expect(files.every((file) => existsSync(join(ROOT, file)))).toBe(true);
  });
});

describe('pageText', () => {
  it.each([
    ['to a page beside it', '[a](slack.md#scopes)', '[a](./slack.md#scopes)'],
    ['to a cause', '[a](../../src/engine/rules/push-disabled/page.md)', '[a](../rules/push-disabled.md)'],
    ['to the README', '[a](../../README.md#on-a-page)', '[a](../overview.md#on-a-page)'],
    ['to the decisions', '[a](../adr/)', '[a](../adr/0001-architecture.md)'],
    ['to a picture', '![a](../pictures/page.png)', '![a](../pictures/page.png)'],
    ['with code as its text', '[`a`](../../README.md)', '[`a`](../overview.md)'],
    ['to a file that is no page', '[`a`](../../schema/diagnosis@1.json)', '`a`'],
    ['to another site', '[a](https://example.com/x.md)', '[a](https://example.com/x.md)'],
    ['to a heading', '[a](#b)', '[a](#b)'],
    ['in code', '`[a](slack.md)` and `b`', '`[a](slack.md)` and `b`'],
    ['in a block', '```md\n[a](slack.md)\n```\n', '```md\n[a](slack.md)\n```\n'],
    ['after code', '`x` [a](slack.md)', '`x` [a](./slack.md)'],
  ])('maps a link %s', (_, text, expected) => {
    expect(pageText('docs/how-to/page.md', text, undefined)).toBe(expected);
  });

  it('maps a picture with a width', () => {
    expect(pageText('README.md', '<img src="docs/pictures/page.png" width="9">', undefined)).toBe(
      '<img src="./pictures/page.png" width="9">',
    );
    expect(pageText('docs/reference/x.md', '<img src="../pictures/page.png">', undefined)).toBe(
      '<img src="../pictures/page.png">',
    );
  });

  it('leads to the source of a file that is no page, if the address is known', () => {
    expect(pageText('docs/how-to/page.md', '[a](../../schema/x.json)', SOURCE)).toBe(
      `[a](${SOURCE}schema/x.json)`,
    );
  });
});
