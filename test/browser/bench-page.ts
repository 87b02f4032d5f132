import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPage } from '../../scripts/build-page.ts';
import { findChromium, launchChromium } from '../../scripts/chromium.ts';
import { writeBusyLog, writeDenseLog } from '../fixtures/logs/busy-gateway.ts';

const MEGABYTE = 1_000_000;
const GOAL_SECONDS = 3;

/** The page of `ftm-check page` in Chromium: how long a log takes from choosing the file to the report. */
export async function bench([size = '6', runs = '3']: readonly string[]): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) {
    console.log('Chromium is not on PATH (Debian: apt-get install chromium): not measured');
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  const browser = await launchChromium(chromium);
  try {
    const path = join(folder, 'ftm-check.html');
    const markup = await buildPage('0.0.0');
    await writeFile(path, markup);
    console.log(
      `the page has ${(markup.length / 1024).toFixed(0)} KB; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
    );
    for (const [name, write] of [
      ['busy gateway', writeBusyLog],
      ['nothing but logins', writeDenseLog],
    ] as const) {
      const log = join(folder, `${name}.log`);
      await write(log, Number(size) * MEGABYTE);
      const seconds: number[] = [];
      for (let run = 0; run < Number(runs); run += 1) {
        const page = await browser.newPage();
        await page.goto(pathToFileURL(path).href);
        const begun = performance.now();
        await page.setInputFiles('#files', log);
        await page.locator('#answer').waitFor({ timeout: 120_000 });
        seconds.push((performance.now() - begun) / 1000);
        await page.close();
      }
      const best = Math.min(...seconds);
      console.log(
        `${size} MB, ${name}: ${best.toFixed(2)} s, best of ${runs}; goal: ${GOAL_SECONDS} s, ${best < GOAL_SECONDS ? 'met' : 'NOT met'}`,
      );
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}
