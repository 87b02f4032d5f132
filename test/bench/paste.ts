import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { EXIT } from '../../src/cli/exit-status.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { twoUsersLog } from '../fixtures/logs/two-users.ts';
import { measure } from './measure.ts';

const CLI = join(import.meta.dirname, '../../src/cli');
const MAIN = join(CLI, 'launch.cjs');
/** Goals: milliseconds of work, and starts of bare Node. */
const MAX_WORK = 10;
const MAX_STARTS = 3;
const execute = promisify(execFile);
const SIZE = 50_000;
const WARM_UP = 60;
const RUNS = 200;

/** A pasted log: the work alone in a process that is warm, and the whole command from a cold start. */
export async function bench([times = '20']: readonly string[]): Promise<void> {
  const log = twoUsersLog(3).join('\n');
  const text = log.repeat(Math.ceil(SIZE / log.length)).slice(0, SIZE);
  const items = [{ name: 'paste 1', text }];
  for (let turn = 0; turn < WARM_UP; turn += 1) diagnoseCase(redactCase(items));
  const all = Array.from({ length: RUNS }, () => timed(() => diagnoseCase(redactCase(items))));
  const redacted = redactCase(items);
  const alone = Array.from({ length: RUNS }, () => timed(() => diagnoseCase(redacted)));
  console.log(`${text.length} bytes, warm, median of ${RUNS}:`);
  const work = median(all);
  console.log(
    `  redact and diagnose  ${work.toFixed(2)} ms; goal: ${MAX_WORK} ms, ${verdict(work <= MAX_WORK)}`,
  );
  console.log(`  diagnose             ${median(alone).toFixed(2)} ms`);

  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const path = join(folder, 'paste.log');
    await writeFile(path, text);
    await execute(process.execPath, [join(CLI, 'write-quick.mjs')]);
    const runs = Number(times);
    const bare: number[] = [];
    const cold: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      bare.push((await measure(process.execPath, ['-e', '0'])).seconds * 1000);
      const { seconds, status } = await measure(process.execPath, [MAIN, 'analyze', path]);
      if (status !== EXIT.findings) throw new Error(`ftm-check analyze ended with ${status}`);
      cold.push(seconds * 1000);
    }
    const starts = Math.min(...cold) / Math.min(...bare);
    console.log(`cold, built, best of ${runs} (median):`);
    console.log(`  node -e 0            ${Math.min(...bare).toFixed(0)} ms (${median(bare).toFixed(0)})`);
    console.log(`  ftm-check analyze    ${Math.min(...cold).toFixed(0)} ms (${median(cold).toFixed(0)})`);
    console.log(
      `  ${starts.toFixed(1)} times bare node; goal: ${MAX_STARTS} times, ${verdict(starts <= MAX_STARTS)}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function verdict(met: boolean): string {
  return met ? 'met' : 'NOT met';
}

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
