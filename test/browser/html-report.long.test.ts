import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { renderHtml } from '../../src/report/formats/html/render-html.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../report/fixtures.ts';
import { diagnoseFixture } from '../report/rule-fixtures.ts';
import { findChromium } from '../support/find-chromium.ts';

const chromium = findChromium();
if (chromium === undefined) {
  if (process.env.CI === 'true')
    throw new Error('No Chromium on PATH: install the Debian package `chromium`.');
  process.stderr.write('skipped: the HTML report in a browser, because no Chromium is on PATH\n');
}

const LATE = diagnoseFixture('vpn-wait-too-short/fixtures/broken.log').diagnosis;
/** The largest report takes axe half a minute; a few of its findings show the same. */
const MANY_FINDINGS = {
  ...EVERYTHING_BROKEN,
  findings: EVERYTHING_BROKEN.findings.slice(0, 4),
  attempts: EVERYTHING_BROKEN.attempts.slice(0, 4),
};
const CASES = { DEVICE_CHECK, TWO_USERS, NOT_ENOUGH, HEALTHY, MANY_FINDINGS, LATE };

/** Each tries to run as soon as it is markup anywhere in the page. */
const ATTACK = [
  '"><img src=x onerror="window.attacked=1">',
  "'><svg onload='window.attacked=1'>",
  '</script><script>window.attacked=1</script>',
  '</title></style></code><script>window.attacked=1</script>',
  '<style>body{display:none}</style><iframe srcdoc="<script>parent.attacked=1</script>"></iframe>',
].join('');

describe.skipIf(chromium === undefined)('the HTML report in Chromium', { timeout: 120_000 }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
  });

  interface Visit {
    readonly page: Page;
    readonly complaints: readonly string[];
  }

  async function visit(
    diagnosis: Diagnosis,
    options: BrowserContextOptions,
    look: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext({ offline: true, ...options });
    try {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => complaints.push(`request: ${request.url()}`));
      await page.setContent(renderHtml(diagnosis, { version: '1.2.3' }));
      await look({ page, complaints });
    } finally {
      await context.close();
    }
  }

  it.each(Object.entries(CASES))('%s has no violation that axe finds', async (_, diagnosis) => {
    for (const [width, colorScheme] of [
      [1200, 'light'],
      [390, 'dark'],
    ] as const) {
      await visit(
        diagnosis,
        { viewport: { width, height: 900 }, colorScheme },
        async ({ page, complaints }) => {
          await page.evaluate(() => {
            for (const each of document.querySelectorAll('details')) each.open = true;
          });
          await page.evaluate(axe.source);
          const violations = await page.evaluate(async () => {
            const { axe } = globalThis as unknown as {
              axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            };
            const found = await axe.run();
            return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
          });
          expect(violations).toEqual([]);
          expect(complaints).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(overflow).toBeLessThanOrEqual(0);
        },
      );
    }
  });

  it('lets nothing in the evidence act', async () => {
    const hostile = JSON.parse(
      JSON.stringify(DEVICE_CHECK, (key, value: unknown) =>
        typeof value === 'string' &&
        ['title', 'summary', 'text', 'note', 'headline', 'alias', 'source'].includes(key)
          ? `${value}${ATTACK}`
          : value,
      ),
    ) as Diagnosis;
    await visit(hostile, {}, async ({ page, complaints }) => {
      expect(await page.evaluate(() => 'attacked' in globalThis)).toBe(false);
      expect(await page.locator('h1').textContent()).toContain('window.attacked=1');
      expect(await page.locator('img, iframe, main script, main style').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  it('forbids scripts that are not its own', async () => {
    await visit(DEVICE_CHECK, {}, async ({ page }) => {
      await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.attacked = 1';
        document.body.append(script);
        document.body.setAttribute('onclick', 'window.attacked = 1');
        document.body.click();
      });
      expect(await page.evaluate(() => 'attacked' in globalThis)).toBe(false);
    });
  });

  it('copies the fix', async () => {
    await visit(DEVICE_CHECK, {}, async ({ page }) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: { writeText: async (text: string) => Object.assign(globalThis, { copied: text }) },
        });
      });
      const copy = page.getByRole('button', { name: 'Copy fix' });
      expect(await copy.isDisabled()).toBe(true);
      await page.getByLabel('long random password').fill('Example-only-4711');
      await copy.click();
      const copied = await page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
      const lines = DEVICE_CHECK.findings[0]?.fix.apply.join('\n');
      expect(copied).toBe(lines?.replace('<long-random-password>', 'Example-only-4711'));
    });
  });

  it('works without scripts: no dead buttons, and the table of checks can be filtered', async () => {
    await visit(DEVICE_CHECK, { javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.getByRole('button').count()).toBe(0);
      await page.locator('.checks summary').first().click();
      const rows = page.locator('.checks tbody tr:visible');
      expect(await rows.count()).toBe(DEVICE_CHECK.checks.length);
      await page.getByRole('radio', { name: 'not checked (3)' }).check();
      expect(await rows.count()).toBe(3);
    });
  });

  it('prints fix, cause and path, without buttons and the list of checks', async () => {
    await visit(DEVICE_CHECK, {}, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.checks').isVisible()).toBe(false);
      expect(await page.locator('.steps-across svg, .steps-down svg').first().isVisible()).toBe(true);
      expect(await page.getByRole('button').count()).toBe(0);
    });
  });
});
