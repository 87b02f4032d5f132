import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { EXIT } from '../../src/cli/exit-status.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { twoUsersLog } from '../fixtures/logs/two-users.ts';
import { type Measured, measure } from './measure.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/launch.cjs');
/** Goals, in milliseconds: the work in a warm process, and a whole command whose modules Node has in its cache. */
const MAX_WORK = 10;
const MAX_COMMAND = 150;
const SIZE = 50_000;
const WARM_UP = 60;
const RUNS = 200;

/** A pasted log: the work alone in a warm process, and the whole command in a process of its own. */
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
    const runs = Number(times);
    const bare: Measured[] = [];
    const command: Measured[] = [];
    const analyze = () => measure(process.execPath, [MAIN, 'analyze', path]);
    // The first run fills Node's compile cache.
    await analyze();
    for (let turn = 0; turn < runs; turn += 1) {
      bare.push(await measure(process.execPath, ['-e', '0']));
      const run = await analyze();
      if (run.status !== EXIT.findings) throw new Error(`ftm-check analyze ended with ${run.status}`);
      command.push(run);
    }
    console.log(`from start to end, best of ${runs} (median); load ${loadavg()[0]?.toFixed(1)}:`);
    show('node -e 0', bare);
    const best = show('ftm-check analyze', command);
    console.log(`  goal: ${MAX_COMMAND} ms, ${verdict(best <= MAX_COMMAND)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Answers the best time. Processor time is the fairer figure on a busy machine. */
function show(name: string, runs: readonly Measured[]): number {
  const times = runs.map(({ seconds }) => seconds * 1000);
  const processor = runs.flatMap((run) => (run.processor === undefined ? [] : [run.processor * 1000]));
  const best = Math.min(...times);
  const used = processor.length > 0 ? `, processor ${Math.min(...processor)} ms (${median(processor)})` : '';
  console.log(`  ${name.padEnd(20)} ${best.toFixed(0)} ms (${median(times).toFixed(0)})${used}`);
  return best;
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
