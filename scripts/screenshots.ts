import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { findChromium } from '../test/support/find-chromium.ts';
import { buildPage } from './build-page.ts';
import { launchChromium } from './chromium.ts';
import { pictureShots, pictureSources, type Shot } from './picture-shots.ts';

/** `npm run screenshots`: pictures for the documentation, taken from the program itself. Needs Chromium on PATH. */
const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/pictures');
const PAGE = { width: 900, height: 640 };

async function take(browser: Browser, { name, html, size, scheme, element }: Shot): Promise<void> {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, offline: true });
  const page = await context.newPage();
  await page.setContent(html);
  const path = join(OUT, `${name}.png`);
  // Crops the empty screen below a short message.
  const content = await page
    .locator('body')
    .evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
  const clip = { x: 0, y: 0, width: size.width, height: Math.min(size.height, content) };
  await (element === undefined
    ? page.screenshot({ path, clip })
    : page.locator(element).screenshot({ path }));
  await context.close();
}

/** The page of `ftm-check page` with the answer to its first sample. */
async function takePage(browser: Browser): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-page-'));
  const file = join(folder, 'ftm-check.html');
  await writeFile(file, await buildPage('0.1.0'));
  const context = await browser.newContext({ viewport: PAGE, colorScheme: 'light', offline: true });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.locator('button[data-sample]').first().click();
  await page.locator('#answer').waitFor();
  await page.screenshot({ path: join(OUT, 'page.png') });
  await context.close();
  await rm(folder, { recursive: true });
}

const executable = findChromium();
if (executable === undefined) throw new Error('No Chromium on PATH: install the Debian package `chromium`.');
await mkdir(OUT, { recursive: true });
const browser = await launchChromium(executable);
for (const shot of await pictureShots()) await take(browser, shot);
await takePage(browser);
await browser.close();
// test/tools/docs.test.ts compares it with what the program shows now.
await writeFile(join(OUT, 'made-from.json'), `${JSON.stringify(await pictureSources(), null, 2)}\n`);
