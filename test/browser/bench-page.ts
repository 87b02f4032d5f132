import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Row } from '../../bench/figure.ts';
import { buildPage } from '../../scripts/build-page.ts';
import { launchChromium } from '../../scripts/chromium.ts';
import { writeBusyLog, writeDenseLog } from '../fixtures/logs/busy-gateway.ts';
import { findChromium } from '../support/find-chromium.ts';

const MEGABYTE = 1_000_000;
const KILOBYTE = 1000;
const GOAL_SECONDS = 3;
const MAX_KILOBYTES = 1600;
/** Debian: util-linux. */
const TASKSET = 'taskset';

/**
 * `npm run bench -- page [megabytes] [runs]`: the page of `ftm-check page` in Chromium: how long a log takes from choosing
 * the file to the report, on all cores and on one.
 */
export async function* bench([size = '6', runs = '3']: readonly string[]): AsyncGenerator<Row> {
  const chromium = findChromium();
  if (chromium === undefined) {
    yield { what: 'the page', notMeasured: 'Chromium is not on PATH (Debian: apt-get install chromium)' };
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const path = join(folder, 'ftm-check.html');
    const markup = await buildPage('0.0.0');
    await writeFile(path, markup);
    yield {
      what: 'size of the file',
      value: Buffer.byteLength(markup) / KILOBYTE,
      unit: 'KB',
      goal: { of: 'value', most: MAX_KILOBYTES },
    };
    const logs: Log[] = [];
    for (const [name, write] of [
      ['busy gateway', writeBusyLog],
      ['nothing but logins', writeDenseLog],
    ] as const) {
      const log = join(folder, `${name}.log`);
      await write(log, Number(size) * MEGABYTE);
      logs.push({ name: `${size} MB, ${name}`, path: log });
    }
    yield* benchLogs(chromium, path, logs, Number(runs), 'all cores');
    if (spawnSync(TASKSET, ['-acp', '0', String(process.pid)]).status === 0)
      yield* benchLogs(chromium, path, logs, Number(runs), 'one core');
    else yield { what: 'on one core', notMeasured: `${TASKSET} does not work here` };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Log {
  readonly name: string;
  readonly path: string;
}

/** The browser keeps to the cores of this process. */
async function* benchLogs(
  chromium: string,
  page: string,
  logs: readonly Log[],
  runs: number,
  cores: string,
): AsyncGenerator<Row> {
  const browser = await launchChromium(chromium);
  try {
    for (const { name, path } of logs) {
      const seconds: number[] = [];
      for (let run = 0; run < runs; run += 1) seconds.push(await secondsOf(browser, page, path));
      yield {
        what: `${name}, ${cores}`,
        value: Math.min(...seconds),
        unit: 's',
        goal: { of: 'value', most: GOAL_SECONDS },
        note: `best of ${runs}`,
      };
    }
  } finally {
    await browser.close();
  }
}

async function secondsOf(browser: Browser, path: string, log: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  const begun = performance.now();
  await page.setInputFiles('#files', log);
  await page.locator('#answer').waitFor({ timeout: 120_000 });
  const seconds = (performance.now() - begun) / 1000;
  await page.close();
  return seconds;
}
