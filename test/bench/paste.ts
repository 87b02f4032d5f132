import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { twoUsersLog } from '../fixtures/logs/two-users.ts';
import { best, measure } from './measure.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/launch.mjs');
const SIZE = 50_000;
const WARM_UP = 60;
const RUNS = 200;

/** A pasted log: the work alone in a process that is warm, and the whole command from a cold start. */
export async function bench([times = '5']: readonly string[]): Promise<void> {
  const log = twoUsersLog(3).join('\n');
  const text = log.repeat(Math.ceil(SIZE / log.length)).slice(0, SIZE);
  const items = [{ name: 'paste 1', text }];
  for (let turn = 0; turn < WARM_UP; turn += 1) diagnoseCase(redactCase(items));
  const all = Array.from({ length: RUNS }, () => timed(() => diagnoseCase(redactCase(items))));
  const redacted = redactCase(items);
  const alone = Array.from({ length: RUNS }, () => timed(() => diagnoseCase(redacted)));
  console.log(`${text.length} bytes, warm, median of ${RUNS}:`);
  console.log(`  redact and diagnose  ${median(all).toFixed(2)} ms`);
  console.log(`  diagnose             ${median(alone).toFixed(2)} ms`);

  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const path = join(folder, 'paste.log');
    await writeFile(path, text);
    const runs = Number(times);
    const bare = await best(runs, () => measure(process.execPath, ['-e', '0']));
    const cold = await best(runs, () => measure(process.execPath, [MAIN, 'analyze', path]));
    console.log(`cold, best of ${runs}:`);
    console.log(`  node -e 0            ${(bare.seconds * 1000).toFixed(0)} ms`);
    console.log(
      `  ftm-check analyze    ${(cold.seconds * 1000).toFixed(0)} ms, ${(cold.seconds / bare.seconds).toFixed(1)} times bare node`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
