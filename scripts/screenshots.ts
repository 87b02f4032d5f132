import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { diagnoseCase } from '../src/case/diagnose-case.ts';
import { TWO_USERS_LOG } from '../src/demo/scenario-two-users.ts';
import { redactCase } from '../src/redact/redact-case.ts';
import { renderHtml } from '../src/report/html/render-html.ts';
import { renderSlack } from '../src/report/slack/render-slack.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { slackPreview } from './slack-preview.ts';

/** `npm run screenshots`: pictures for the documentation, made from the program itself. Needs Chromium on PATH. */
const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/pictures');
/** Always the same, so that the same program makes the same pictures. */
const READ_AT = Date.UTC(2026, 2, 2, 12);
const DESKTOP = { width: 1000, height: 1250 };
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
  const config = await readFile(join(ROOT, 'src/rules/wan-ftm-access-missing/fixtures/broken.conf'), 'utf8');
  const cases = [
    { name: 'late-approval', items: [{ name: 'paste 1', text: TWO_USERS_LOG }] },
    { name: 'wan-access', items: [{ name: 'fgt-branch-07.conf', text: config }] },
  ];
  return cases.flatMap(({ name, items }) => {
    const redacted = redactCase(items);
    const diagnosis = diagnoseCase(redacted, { readAt: READ_AT });
    const report = renderHtml(diagnosis, { evidence: redacted.items });
    const { blocks } = renderSlack(diagnosis, { askerName: 'Ana Ruiz', tookMs: 340 });
    const preview = slackPreview(blocks);
    return [
      { name: `${name}-report`, html: report, size: DESKTOP, scheme: 'light' },
      { name: `${name}-report-phone-dark`, html: report, size: PHONE, scheme: 'dark' },
      { name: `${name}-slack-phone`, html: preview, size: PHONE, scheme: 'light' },
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
  await (element === undefined ? page.screenshot({ path }) : page.locator(element).screenshot({ path }));
  await context.close();
}

const executable = findChromium();
if (executable === undefined) throw new Error('No Chromium on PATH: install the Debian package `chromium`.');
await mkdir(OUT, { recursive: true });
const browser = await launchChromium(executable);
for (const shot of await shots()) await take(browser, shot);
await browser.close();
