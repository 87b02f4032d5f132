import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.ts';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { findChromium } from '../support/find-chromium.ts';

const chromium = findChromium();
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

/** `page.long.test.ts` says when a missing Chromium is a failure. */
describe.skipIf(chromium === undefined)('demo --stay in Chromium', { timeout: 120_000 }, () => {
  const demo = spawn(process.execPath, [MAIN, 'demo', '--stay'], { stdio: ['ignore', 'inherit', 'pipe'] });
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    for await (const chunk of demo.stderr.iterator({ destroyOnReturn: false })) {
      [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(chunk)) ?? [];
      if (url !== '') break;
    }
    browser = await launchChromium(chromium ?? '');
  }, 120_000);
  afterAll(async () => {
    demo.kill('SIGTERM');
    await browser?.close();
  });

  it('takes what a person types, and shows the answer of the bot', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.locator('#text').fill('/ftm-check fgt-branch-07');
    await page.keyboard.press('Enter');
    await page.getByText('All 3 administrators have trusted hosts').first().waitFor({ timeout: 60_000 });
    await page.locator('#text').fill(`Push fails for marlow\n${TWO_USERS_LOG}`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('marlow approved 14 s after').first().waitFor({ timeout: 60_000 });
    await page.locator('#text').fill('/ftm-check');
    await page.keyboard.press('Enter');
    await page.locator('input[name=client]').fill('here');
    await page.locator('select[name=device]').selectOption('fgt-branch-07');
    await page.locator('#form [type=submit]').click();
    await page.getByText('An IP address, such as 203.0.113.7').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#form').waitFor({ state: 'detached' });
    await page.locator('#text').fill('@ftm-check help');
    await page.keyboard.press('Enter');
    await page.locator('strong', { hasText: 'Check a device:' }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints.filter((text) => !text.includes('favicon') && !text.includes('404'))).toEqual([]);
    await context.close();
  });
});
