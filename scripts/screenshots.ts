import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { diagnoseCase } from '../src/case/diagnose-case.ts';
import { redactCase } from '../src/redact/redact-case.ts';
import { renderHtml } from '../src/report/html/render-html.ts';
import { renderAnswer } from '../src/report/slack/render-answer.ts';
import { buildPage } from './build-page.ts';
import { launchChromium } from './chromium.ts';
import { findChromium } from './find-chromium.ts';
import { screenshotCases } from './screenshot-cases.ts';
import { slackPreview } from './slack-preview.ts';

/** `npm run screenshots`: pictures for the documentation, taken from the program itself. Needs Chromium on PATH. */
const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/pictures');
/** Fixed, so that the same program makes the same pictures. */
const READ_AT = Date.UTC(2026, 2, 2, 12);
const DESKTOP = { width: 1000, height: 1250 };
const PAGE = { width: 900, height: 640 };
const PHONE = { width: 390, height: 844 };

interface Shot {
  readonly name: string;
  readonly html: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly scheme: 'light' | 'dark';
  /** One element instead of the first screen. */
  readonly element?: string;
}

async function shots(): Promise<readonly Shot[]> {
  return (await screenshotCases()).flatMap(({ name, items, question, reports }) => {
    const redacted = redactCase(items);
    const { alias, user, vdom } = question;
    const diagnosis = diagnoseCase(redacted, { readAt: READ_AT, alias, user, vdom });
    const { blocks } = renderAnswer(
      { kind: 'diagnosed', diagnosis, tookMs: 3400 },
      {
        runId: 'run-1',
        kind: alias === undefined ? 'analyze' : 'check',
        asker: { name: 'Ana Ruiz' },
        canEscalate: true,
        canWatch: true,
        ...question,
      },
    );
    const preview = slackPreview(blocks);
    const phone = { name: `${name}-slack-phone`, html: preview, size: PHONE, scheme: 'light' } as const;
    if (!reports) return [phone];
    const report = renderHtml(diagnosis, { evidence: redacted.items });
    return [
      { name: `${name}-report`, html: report, size: DESKTOP, scheme: 'light' },
      { name: `${name}-report-phone-dark`, html: report, size: PHONE, scheme: 'dark' },
      phone,
      ...(diagnosis.attempts.length === 0
        ? []
        : [
            {
              name: `${name}-logins`,
              html: report,
              size: DESKTOP,
              scheme: 'light',
              element: '[aria-labelledby=logins]',
            } as const,
          ]),
    ] as const;
  });
}

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
for (const shot of await shots()) await take(browser, shot);
await takePage(browser);
await browser.close();
