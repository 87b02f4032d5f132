import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.ts';
import { PAGE_GLOBS, sitePage } from '../../scripts/site/site-pages.ts';
import { CHECKOUT } from '../documentation/command-blocks.ts';
import { findChromium } from '../support/find-chromium.ts';

const run = promisify(execFile);
const SITE = join(CHECKOUT, 'dist/site');
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
};

const chromium = findChromium();
if (chromium === undefined)
  process.stderr.write('skipped: the site in a browser, because no Chromium is on PATH\n');

// The build fails by itself on a link that leads nowhere.
beforeAll(async () => {
  const cwd = join(CHECKOUT, 'scripts/site');
  if (!existsSync(join(cwd, 'node_modules'))) await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd });
  await run('npm', ['run', 'build'], { cwd });
}, 600_000);

describe('the documentation site', () => {
  it('has a page for each file of the documentation', () => {
    const files = globSync([...PAGE_GLOBS], { cwd: CHECKOUT }).filter((file) => file.endsWith('.md'));
    const pages = files.map((file) => sitePage(file)?.replace(/\.md$/, '.html') ?? '');
    expect(pages.length).toBeGreaterThan(100);
    expect(pages.filter((page) => !existsSync(join(SITE, page)))).toEqual([]);
  });

  it.skipIf(chromium === undefined)(
    'draws diagrams, follows links and finds words, without another host',
    async () => {
      const server = createServer((request, response) => {
        const file = join(SITE, normalize(new URL(request.url ?? '/', 'http://site').pathname));
        if (!existsSync(file)) return response.writeHead(404).end();
        return response
          .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
          .end(readFileSync(file));
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      let browser: Browser | undefined;
      try {
        browser = await launchChromium(chromium ?? '');
        const page = await browser.newPage();
        const elsewhere: string[] = [];
        page.on('request', (request) => {
          if (!request.url().startsWith(home) && !/^(?:data|blob):/.test(request.url()))
            elsewhere.push(request.url());
        });
        page.on('pageerror', (error) => elsewhere.push(error.message));
        await page.goto(`${home}/explanation/architecture.html`);
        await page.locator('.vp-doc svg text', { hasText: 'src/engine' }).first().waitFor();
        await page.goto(`${home}/overview.html`);
        await page.locator('.vp-doc a', { hasText: 'All commands' }).click();
        await page.waitForURL('**/how-to/terminal.html');
        await page.getByRole('button', { name: 'Search' }).first().click();
        await page.locator('#localsearch-input').fill('trusted hosts');
        await page.locator('.result[href*="admin-trusthost-blocks-callback"]').first().waitFor();
        expect(elsewhere).toEqual([]);
      } finally {
        await browser?.close();
        await new Promise((closed) => server.close(closed));
      }
    },
  );
});
