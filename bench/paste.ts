import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '../src/engine/diagnosis/diagnose.ts';
import { redact } from '../src/engine/evidence/redact.ts';
import { twoUsersLog } from '../test/fixtures/logs/two-users.ts';
import type { Row } from './figure.ts';
import { type Measured, measure } from './measure.ts';
import { median } from './statistics.ts';

/** Exit status of a command that found a cause. */
const FINDINGS = 1;

const MAIN = join(import.meta.dirname, '../src/cli/launch.cjs');
/** Goals, in milliseconds: the work in a warm process, and a whole command whose modules Node has in its cache. */
const MAX_WORK = 10;
const MAX_COMMAND = 150;
const SIZE = 50_000;
const WARM_UP = 60;
const RUNS = 200;

/** A pasted log: the work alone in a warm process, and the whole command in a process of its own, `args` times. */
export async function* bench([times = '20']: readonly string[]): AsyncGenerator<Row> {
  const log = twoUsersLog(3).join('\n');
  const text = log.repeat(Math.ceil(SIZE / log.length)).slice(0, SIZE);
  const items = [{ name: 'paste 1', text }];
  for (let turn = 0; turn < WARM_UP; turn += 1) diagnose(redact(items));
  const all = Array.from({ length: RUNS }, () => timed(() => diagnose(redact(items))));
  const redacted = redact(items);
  const alone = Array.from({ length: RUNS }, () => timed(() => diagnose(redacted)));
  const note = `median of ${RUNS}`;
  yield {
    what: 'redact and diagnose',
    value: median(all),
    unit: 'ms',
    goal: { of: 'value', most: MAX_WORK },
    note,
  };
  yield { what: 'diagnose alone', value: median(alone), unit: 'ms', note };
  yield* benchCommand(text, Number(times));
}

async function* benchCommand(text: string, runs: number): AsyncGenerator<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const path = join(folder, 'paste.log');
    await writeFile(path, text);
    const bare: Measured[] = [];
    const command: Measured[] = [];
    const analyze = () => measure(process.execPath, [MAIN, 'analyze', path]);
    // The first run fills Node's compile cache.
    await analyze();
    for (let turn = 0; turn < runs; turn += 1) {
      bare.push(await measure(process.execPath, ['-e', '0']));
      const run = await analyze();
      if (run.status !== FINDINGS) throw new Error(`ftm-check analyze ended with ${run.status}`);
      command.push(run);
    }
    yield {
      what: '`ftm-check analyze`, clock',
      value: best(command, ({ seconds }) => seconds),
      unit: 'ms',
      beside: { what: '`node -e 0`', value: best(bare, ({ seconds }) => seconds) },
      goal: { of: 'value', most: MAX_COMMAND },
      note: `best of ${runs}`,
    };
    yield {
      what: '`ftm-check analyze`, processor',
      value: best(command, ({ processor }) => processor),
      unit: 'ms',
      beside: { what: '`node -e 0`', value: best(bare, ({ processor }) => processor) },
      note: `best of ${runs}`,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Milliseconds. What disturbs a run only makes it slower. */
function best(runs: readonly Measured[], secondsOf: (run: Measured) => number): number {
  return Math.min(...runs.map(secondsOf)) * 1000;
}

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}
