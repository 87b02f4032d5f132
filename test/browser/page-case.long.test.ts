import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPage } from '../../scripts/build-page.ts';
import { launchChromium } from '../../scripts/chromium.ts';
import { findChromium } from '../support/find-chromium.ts';
import { headlineOf, violations, visitPage } from './visit-page.ts';

const chromium = findChromium();
const PHONE = { width: 390, height: 844 };

/** `page.long.test.ts` says when a missing Chromium is a failure. */
describe.skipIf(chromium === undefined)('a case of the page in Chromium', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-page-'));
  const path = join(folder, 'ftm-check.html');
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(path, await buildPage('1.2.3'));
    browser = await launchChromium(chromium ?? '');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
    return visitPage({ browser, path }, options, look);
  }

  /** Ctrl+V with this text, wherever the focus is. */
  async function paste(page: Page, text: string): Promise<void> {
    await page.evaluate((value) => {
      const data = new DataTransfer();
      data.setData('text/plain', value);
      document.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  }

  const BRANCH = 1;
  const STATUS = 'fgt-branch-07 # get system status\nVersion: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\n';

  it.each([1280, 390])('adds to the case below the answer, and goes back: %s px', async (width) => {
    await visit({ viewport: { width, height: 844 } }, async (page) => {
      await page.locator('button[data-sample]').nth(BRANCH).click();
      const first = await headlineOf(page);
      expect(await page.title()).toBe(`Broken: ${first} · ftm-check`);
      expect(await page.locator('#summary').textContent()).toContain('1 cause');
      await paste(page, STATUS);
      await expect
        .poll(() => page.locator('#report footer').textContent(), { timeout: 60_000 })
        .toMatch(/branch-07\.conf.*pasted text/);
      await page.locator('#add').click();
      expect(await page.locator('#case-list li').allTextContents()).toEqual([
        'branch-07.conf Remove',
        'pasted text Remove',
      ]);
      expect(await page.title()).toContain('why does the VPN login fail');
      await page.keyboard.press('Escape');
      expect(await headlineOf(page)).toBe(first);
      await page.goForward();
      await page.getByRole('button', { name: 'Remove pasted text' }).click();
      await page.setInputFiles('#files', [
        { name: 'one.log', mimeType: 'text/plain', buffer: Buffer.from(STATUS) },
        { name: 'one.log', mimeType: 'text/plain', buffer: Buffer.from(STATUS) },
      ]);
      await headlineOf(page);
      expect(await page.locator('#report footer').textContent()).toMatch(
        /branch-07\.conf.*one\.log.*one\.log 2/,
      );
      await page.locator('#again').click();
      expect(await page.locator('#case').isVisible()).toBe(false);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });

  it('goes back answer by answer, each with its evidence, and forward again', async () => {
    await visit({}, async (page) => {
      const readFrom = () => page.locator('#report footer').textContent();
      await page.locator('button[data-sample]').nth(BRANCH).click();
      await headlineOf(page);
      await paste(page, 'Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)');
      await expect.poll(readFrom, { timeout: 60_000 }).toContain('pasted text');
      await page.locator('#again').click();
      expect(await page.locator('#case').isVisible()).toBe(false);
      await page.goBack();
      expect(await readFrom()).toContain('pasted text');
      await page.goBack();
      expect(await readFrom()).not.toContain('pasted text');
      await page.locator('#add').click();
      expect(await page.locator('#case-list li').allTextContents()).toEqual(['branch-07.conf Remove']);
      await page.goBack();
      expect(await readFrom()).toContain('branch-07.conf');
      await page.goBack();
      expect(await page.locator('#ask').isVisible()).toBe(true);
      await page.goForward();
      expect(await readFrom()).toContain('branch-07.conf');
    });
  });

  it('keeps the answer when what is added cannot be read', async () => {
    await visit({}, async (page) => {
      await page.locator('button[data-sample]').nth(BRANCH).click();
      const first = await headlineOf(page);
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array([137, 80, 0, 0])], 'a.png'));
        document.dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      });
      await expect
        .poll(() => page.locator('#status').textContent(), { timeout: 60_000 })
        .toContain('a.png is not text.');
      expect(await headlineOf(page)).toBe(first);
      await page.locator('#add').click();
      expect(await page.locator('#case-list li').allTextContents()).toEqual(['branch-07.conf Remove']);
    });
  });

  it('shows the line of a finding and of a step in the evidence beside it', async () => {
    await visit({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.locator('button[data-sample]').nth(BRANCH).click();
      await headlineOf(page);
      await page.locator('#report .lines li:not(.near) button').first().focus();
      await page.keyboard.press('Enter');
      const chosen = page.locator('#evidence .chosen');
      expect(await chosen.textContent()).toContain('edit "admin"');
      const [left, right] = [
        await page.locator('#report').boundingBox(),
        await page.locator('#evidence').boundingBox(),
      ];
      expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
      await page.keyboard.press('Escape');
      expect(await chosen.isVisible()).toBe(false);
      await page.locator('#report .steps-across circle.broken').click();
      expect(await chosen.isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await page.locator('#evidence').isVisible()).toBe(false);
      expect(await page.locator('#answer').isVisible()).toBe(true);
    });
  });

  it('waits with the copy of a fix for the value of its placeholder', async () => {
    await visit({}, async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: { writeText: async (text: string) => Object.assign(globalThis, { copied: text }) },
        });
      });
      await page.locator('button[data-sample]').nth(BRANCH).click();
      await headlineOf(page);
      const copy = page.getByRole('button', { name: 'Copy fix' });
      const field = page.getByLabel('long random password');
      expect(await copy.isDisabled()).toBe(true);
      await field.fill('what?');
      expect(await copy.isDisabled()).toBe(true);
      await field.fill('a "b" c');
      await copy.click();
      const copied = await page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
      expect(copied).toContain('set password "a \\"b\\" c"\n');
      expect(copied).not.toContain('<');
    });
  });

  it('opens a report that it saved, with its evidence', async () => {
    await visit({ acceptDownloads: true }, async (page) => {
      await page.locator('button[data-sample]').nth(BRANCH).click();
      const first = await headlineOf(page);
      const download = page.waitForEvent('download');
      await page.locator('#save-html').click();
      const saved = readFileSync((await (await download).path()) ?? '', 'utf8');
      await page.locator('#again').click();
      const file = { name: 'report.html', mimeType: 'text/html', buffer: Buffer.from(saved) };
      await page.setInputFiles('#files', file);
      expect(await headlineOf(page)).toBe(first);
      expect(await page.locator('#report footer').textContent()).toContain('branch-07.conf');
      await page.locator('#again').click();
      const bare = saved.replace(/<script type="text\/plain"[\s\S]*?<\/script>/, '');
      await page.setInputFiles('#files', { ...file, buffer: Buffer.from(bare) });
      await expect.poll(() => page.locator('#status').textContent()).toContain('report without its evidence');
    });
  });

  it('switches its theme, and keeps the choice', async () => {
    await visit({ colorScheme: 'light' }, async (page) => {
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await background();
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await background()).not.toBe(light);
      await page.reload();
      expect(await background()).not.toBe(light);
      await page.getByRole('button', { name: 'Light theme' }).click();
      expect(await background()).toBe(light);
    });
  });

  it('says how to collect evidence, with lines to copy', async () => {
    await visit({ viewport: PHONE }, async (page) => {
      await page.locator('#guide summary').click();
      expect(await page.locator('#guide button:visible').count()).toBe(3);
      expect(await page.locator('#guide-debug').textContent()).toContain('diagnose debug enable');
      expect(await violations(page)).toEqual([]);
    });
  });
});
