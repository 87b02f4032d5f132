import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup } from './backups.ts';
import type { Row } from './figure.ts';
import { bestInTurn, isInstalled, measure } from './measure.ts';

/** Exit status of a command that found a cause. */
const FINDINGS = 1;

const MAIN = join(import.meta.dirname, '../src/cli/launch.cjs');
const SCRIPT = join(import.meta.dirname, 'parse-blocks.py');
const PYTHON = 'python3';

type Runner = 'own' | 'script' | 'grep';

/**
 * `npm run bench -- folder [backups] [turns]`: `analyze --each` of a folder, beside a Python script that only parses the
 * same blocks and `grep -c`, which only reads. Processor time is the figure to compare: other programs do not change it much.
 */
export async function* bench([count = '1000', turns = '3']: readonly string[]): AsyncGenerator<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const files = Number(count);
    for (let index = 0; index < files; index += 1)
      await writeFile(join(folder, `${String(index).padStart(5, '0')}.conf`), backup(index));
    const { own, script, grep } = await bestInTurn<Runner>(Number(turns), {
      own: () => measure(process.execPath, [MAIN, 'analyze', '--each', folder]),
      ...(isInstalled(PYTHON) ? { script: () => measure(PYTHON, [SCRIPT, folder]) } : {}),
      grep: () => measure('grep', ['-rc', 'admin-sport', folder]),
    });
    if (own?.status !== FINDINGS) throw new Error(`ftm-check analyze --each ended with ${own?.status}`);
    const what = `${files} backups`;
    const row = (name: string, value: number, unit: 's' | 'MB') =>
      ({ what: `${what}, ${name}`, value, unit, note: `best of ${turns}` }) as const;
    yield { ...row('clock', own.seconds, 's'), note: `${Math.round(files / own.seconds)} files a second` };
    if (script)
      yield {
        ...row('processor', own.processor, 's'),
        beside: { what: 'Python script that parses the blocks', value: script.processor },
      };
    else yield { what: `${what}, beside a Python script`, notMeasured: `${PYTHON} is not on PATH` };
    if (grep)
      yield {
        ...row('processor', own.processor, 's'),
        beside: { what: '`grep -rc`', value: grep.processor },
      };
    yield row('memory', own.peak, 'MB');
  } finally {
    await rm(folder, { recursive: true });
  }
}
