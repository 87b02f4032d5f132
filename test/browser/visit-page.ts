import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Opens the page from its file, offline; no message of the browser, and no request but its own parts. */
export async function visitPage(
  { browser, path }: { readonly browser: Browser; readonly path: string },
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ offline: true, ...options });
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(?:file:.*ftm-check\.html|blob:)/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(path).href);
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

export async function headlineOf(page: Page): Promise<string | null> {
  await page.locator('#answer').waitFor();
  return await page.locator('#report h1').textContent();
}

export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
