import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '../src/engine/diagnosis/diagnose.ts';
import { redact } from '../src/engine/evidence/redact.ts';
import { twoUsersLog } from '../test/fixtures/logs/two-users.ts';
import type { Row } from './figure.ts';
import { type Measured, measure } from './measure.ts';
import { median } from './statistics.ts';

const ROOT = join(import.meta.dirname, '..');
/** People install the package, which `npm run build` makes: the goal is about that. A checkout runs its sources. */
const PROGRAMS = {
  '`ftm-check analyze`, installed': 'dist/src/cli/launch.cjs',
  '`ftm-check analyze`, from its sources': 'src/cli/launch.cjs',
};
/** The work in a warm process, in milliseconds, and a whole command whose modules Node has in its cache, of `node -e 0`. */
const MAX_WORK = 10;
const MAX_COMMAND = 5;
const TURNS = 3;
const SIZE = 50_000;
const WARM_UP = 60;
const RUNS = 200;

/** A pasted log: the work alone in a warm process, and the whole command in a process of its own, `args` times. */
export async function* bench([times = '20']: readonly string[]): AsyncGenerator<Row> {
  const log = twoUsersLog(3).join('\n');
  const text = log.repeat(Math.ceil(SIZE / log.length)).slice(0, SIZE);
  const items = [{ name: 'paste 1', text }];
  for (let turn = 0; turn < WARM_UP; turn += 1) diagnose(redact(items));
  const all = Array.from({ length: RUNS }, () => measureMs(() => diagnose(redact(items))));
  const redacted = redact(items);
  const alone = Array.from({ length: RUNS }, () => measureMs(() => diagnose(redacted)));
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
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: ROOT });
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const path = join(folder, 'paste.log');
    await writeFile(path, text);
    const analyze = (program: string) => measureRuns(runs, [join(ROOT, program), 'analyze', path]);
    const bare: Measured[] = [];
    const commands = Object.entries(PROGRAMS).map(([what, program]) => ({
      what,
      program,
      runs: [] as Measured[],
    }));
    for (let turn = 0; turn < TURNS; turn += 1) {
      bare.push(await measureRuns(runs, ['-e', '0']));
      for (const command of commands) {
        const run = await analyze(command.program);
        const answers = run.stdout.match(/^✗/gm)?.length;
        if (answers !== runs) throw new Error(`${answers ?? 0} of ${runs} times there was an answer`);
        command.runs.push(run);
      }
    }
    const note = `mean of ${runs}, best of ${TURNS} turns`;
    for (const { what, program, runs: measured } of commands) {
      for (const kind of ['processor', 'seconds'] as const) {
        const least = (of: readonly Measured[]) => (Math.min(...of.map((run) => run[kind])) / runs) * 1000;
        yield {
          what: `${what}, ${kind === 'processor' ? kind : 'clock'}`,
          value: least(measured),
          unit: 'ms',
          beside: { what: '`node -e 0`', value: least(bare) },
          ...(kind === 'processor' && program.startsWith('dist')
            ? { goal: { of: 'ratio', most: MAX_COMMAND } }
            : {}),
          note,
        };
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** All in one: GNU time counts in hundredths of a second. */
function measureRuns(runs: number, args: readonly string[]): Promise<Measured> {
  return measure('sh', ['-c', `for _ in $(seq ${runs}); do "$@"; done`, 'sh', process.execPath, ...args]);
}

function measureMs(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}
