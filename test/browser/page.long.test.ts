import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPage } from '../../scripts/build-page.ts';
import { launchChromium } from '../../scripts/chromium.ts';
import { readSamples } from '../../scripts/page-samples.ts';
import type { AnalyzeRequest, WorkerMessage } from '../../src/cli/page/messages.ts';
import { diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import { renderJson } from '../../src/report/formats/render-json.ts';
import { writeBusyLog } from '../fixtures/logs/busy-gateway.ts';
import { findChromium } from '../support/find-chromium.ts';
import { FIXTURE_PATHS } from '../support/rule-fixtures.ts';
import { headlineOf, violations, visitPage } from './visit-page.ts';

const chromium = findChromium();
if (chromium === undefined) {
  if (process.env.CI === 'true')
    throw new Error('No Chromium on PATH: install the Debian package `chromium`.');
  process.stderr.write('skipped: the page in a browser, because no Chromium is on PATH\n');
}

/**
 * Rules and their texts are most of it: each of them has about 5 KB, its answers to questions 1.8 KB, and what
 * people describe of its cause 0.7 KB; the words for that in seven languages have 150 KB.
 */
const MAX_BYTES = 2_300_000;
const READ_AT = Date.UTC(2026, 2, 2, 12);
const RULES_FOLDER = new URL('../../src/engine/rules/', import.meta.url);
const PHONE = { width: 390, height: 844 };
/** Megabytes: as much as a support log of a busy morning. */
const LARGE = 6;
const LATE = 'marlow approved 14 s after the VPN had given up';

describe.skipIf(chromium === undefined)('the page in Chromium', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-page-'));
  const path = join(folder, 'ftm-check.html');
  let browser: Browser;
  let markup: string;

  beforeAll(async () => {
    markup = await buildPage('1.2.3');
    writeFileSync(path, markup);
    browser = await launchChromium(chromium ?? '');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
    return visitPage({ browser, path }, options, look);
  }

  async function largeLog(into: string): Promise<string> {
    const log = join(into, 'large.log');
    await writeBusyLog(log, LARGE * 1_000_000);
    return log;
  }

  it('is one small file, and the same each time', async () => {
    expect(markup.length).toBeLessThan(MAX_BYTES);
    expect(await buildPage('1.2.3')).toBe(markup);
  });

  it('answers every fixture as the terminal does, byte for byte', async () => {
    await visit({}, async (page) => {
      for (const name of FIXTURE_PATHS) {
        const text = readFileSync(new URL(name, RULES_FOLDER), 'utf8');
        const message = await analyzeInWorker(page, name, text);
        const expected = renderJson(diagnose([{ name, text }], { readAt: READ_AT }));
        expect(message.kind === 'answer' && message.json, name).toBe(expected);
      }
    });
  });

  it.each(readSamples().map((sample, index) => [sample.title, index] as const))(
    'shows the report of a sample: %s',
    async (_, index) => {
      await visit({ viewport: { width: 390, height: 844 } }, async (page) => {
        await page.locator('button[data-sample]').nth(index).click();
        expect(await headlineOf(page)).not.toBe('');
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    },
  );

  it('gives a different answer for each sample', async () => {
    await visit({}, async (page) => {
      const headlines = new Set<string | null>();
      for (const [index] of readSamples().entries()) {
        await page.locator('button[data-sample]').nth(index).click();
        headlines.add(await headlineOf(page));
        await page.locator('#again').click();
      }
      expect(headlines.size).toBe(readSamples().length);
    });
  });

  it('takes chosen files and goes on to another case', async () => {
    await visit({}, async (page) => {
      const [late] = readSamples();
      await page.setInputFiles('#files', {
        name: 'late.log',
        mimeType: 'text/plain',
        buffer: Buffer.from(late?.text ?? ''),
      });
      expect(await headlineOf(page)).toBe(LATE);
      expect(await page.locator('#report footer').textContent()).toContain('late.log');
      await page.locator('#again').click();
      await page.setInputFiles('#files', {
        name: 'a.png',
        mimeType: 'image/png',
        buffer: Buffer.from([137, 80, 0, 0]),
      });
      await expect
        .poll(() => page.locator('#status').textContent(), { timeout: 60_000 })
        .toContain('a.png is not text.');
      expect(await page.locator('#ask').isVisible()).toBe(true);
    });
  });

  it('can be used with the keyboard alone', async () => {
    await visit({}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');
      await page.keyboard.insertText(readSamples()[0]?.text ?? '');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await headlineOf(page)).toBe(LATE);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('report');
    });
  });

  it('answers a paste at once', async () => {
    await visit({}, async (page) => {
      await page.evaluate((text) => {
        const data = new DataTransfer();
        data.setData('text/plain', text);
        document.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      }, readSamples()[0]?.text ?? '');
      expect(await headlineOf(page)).toBe(LATE);
    });
  });

  it('shows on a phone how far a large file is read', async () => {
    await visit({ viewport: PHONE }, async (page) => {
      const read = await page.evaluateHandle(() => {
        const shares: number[] = [];
        const places: boolean[] = [];
        const progress = document.querySelector('progress');
        new MutationObserver(() => {
          if (!progress || progress.hidden) return;
          shares.push(progress.position);
          const { top, bottom } = progress.getBoundingClientRect();
          places.push(top >= 0 && bottom <= innerHeight);
        }).observe(document.body, { attributes: true, subtree: true });
        return { shares, places };
      });
      await page.setInputFiles('#files', await largeLog(folder));
      await page.locator('#answer').waitFor();
      const { shares, places } = await read.jsonValue();
      expect(shares.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(1);
      expect(shares).toEqual(shares.toSorted((one, other) => one - other));
      expect(places.every(Boolean)).toBe(true);
    });
  });

  it('opens its documentation beside an answer, with the text of each cause', async () => {
    await visit({ viewport: PHONE }, async (page) => {
      await page.locator('button[data-sample]').first().click();
      expect(await headlineOf(page)).toBe(LATE);
      await page.getByRole('button', { name: 'Documentation' }).click();
      await page.locator('#docs details > summary').first().click();
      await page.locator('#docs').getByText('What would flip the verdict').first().waitFor();
      expect(await headlineOf(page)).toBe(LATE);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });

  it('stops reading on Cancel', async () => {
    await visit({}, async (page) => {
      await page.setInputFiles('#files', await largeLog(folder));
      await page.locator('#cancel').click();
      expect(await page.locator('#status').textContent()).toBe('Cancelled.');
      expect(await page.locator('progress').isVisible()).toBe(false);
      // The page goes on with the next case, and no answer of the first one comes.
      await page.locator('button[data-sample]').first().click();
      expect(await headlineOf(page)).toBe(LATE);
    });
  });

  it('saves the report and the JSON', async () => {
    await visit({ acceptDownloads: true }, async (page) => {
      await page.locator('button[data-sample]').first().click();
      await headlineOf(page);
      for (const [button, name, part] of [
        ['#save-html', 'ftm-check-report.html', `<title>${LATE} · ftm-check</title>`],
        ['#save-json', 'ftm-check.json', '"schema": "ftm-check/diagnosis@1"'],
      ] as const) {
        const download = page.waitForEvent('download');
        await page.locator(button).click();
        const file = await download;
        expect(file.suggestedFilename()).toBe(name);
        expect(readFileSync((await file.path()) ?? '', 'utf8')).toContain(part);
      }
    });
  });

  it.each([
    ['in the text', 'one.log'],
    ['in the name of a file, too', `"><img src=x onerror="window.attacked=1">.log`],
  ])('lets nothing in the evidence act: %s', async (_, name) => {
    const attack = `"><img src=x onerror="window.attacked=1"></script><script>window.attacked=1</script></style>`;
    const link = '<a href="javascript:window.attacked=1">marlow</a><svg onload="window.attacked=1">';
    await visit({}, async (page) => {
      const text = (readSamples()[0]?.text ?? '').replaceAll(
        'marlow',
        `marlow${attack.replaceAll(' ', '/')}`,
      );
      await page.setInputFiles('#files', [
        { name, mimeType: 'text/html', buffer: Buffer.from(text) },
        { name: `2${name}`, mimeType: 'text/plain', buffer: Buffer.from(link) },
      ]);
      await headlineOf(page);
      expect(await page.locator('#report').textContent()).toContain('window.attacked');
      for (const each of await page.locator('#report summary').all()) await each.click();
      expect(await page.evaluate(() => 'attacked' in globalThis)).toBe(false);
      const made = await page.evaluate(
        () =>
          document.querySelectorAll(
            '#report :is(img, script, style, svg[onload]), [href^="javascript:"], #case-list img',
          ).length,
      );
      expect(made).toBe(0);
    });
  });

  it('says what is missing where nothing was given', async () => {
    await visit({}, async (page) => {
      await page.locator('button[type=submit]').click();
      expect(await page.locator('#status').textContent()).toContain('There is nothing to read yet.');
    });
  });

  it.each(['light', 'dark'] as const)('has no violation that axe finds: %s', async (colorScheme) => {
    await visit({ viewport: { width: 390, height: 844 }, colorScheme }, async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.locator('button[data-sample]').first().click();
      await headlineOf(page);
      expect(await violations(page)).toEqual([]);
    });
  });
});

/** What the worker of the page answers for one text. */
async function analyzeInWorker(page: Page, name: string, text: string): Promise<WorkerMessage> {
  const request = { name, text, readAt: READ_AT };
  return await page.evaluate(async (given) => {
    const scope = globalThis as unknown as { kept?: Worker };
    const code = document.getElementById('worker')?.textContent ?? '';
    scope.kept ??= new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    const worker = scope.kept;
    return await new Promise<WorkerMessage>((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        if (data.kind !== 'progress') resolve(data);
      };
      const message: AnalyzeRequest = {
        files: [{ name: given.name, content: new Blob([given.text]) }],
        readAt: given.readAt,
        version: '1.2.3',
      };
      worker.postMessage(message);
    });
  }, request);
}
