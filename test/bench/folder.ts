import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../src/cli/exit-status.ts';
import { backup } from './backups.ts';
import { bestInTurn, isInstalled, type Measured, measure } from './measure.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/launch.cjs');
const SCRIPT = join(import.meta.dirname, 'parse-blocks.py');

/**
 * `npm run bench -- folder [backups] [turns]`: `analyze --each` of a folder, beside a Python script that only parses the
 * same blocks and `grep -c`, which only reads. Processor time is the figure to compare: other programs do not change it much.
 */
export async function bench([count = '1000', turns = '3']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const files = Number(count);
    let bytes = 0;
    for (let index = 0; index < files; index += 1) {
      const text = backup(index);
      bytes += text.length;
      await writeFile(join(folder, `${String(index).padStart(5, '0')}.conf`), text);
    }
    console.log(
      `${files} backups of ${Math.round(bytes / files / 1000)} KB, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, best of ${turns}:`,
    );
    const found = await bestInTurn(Number(turns), {
      'ftm-check analyze --each': () => measure(process.execPath, [MAIN, 'analyze', '--each', folder]),
      ...(isInstalled('python3')
        ? { 'python3 parse-blocks.py': () => measure('python3', [SCRIPT, folder]) }
        : {}),
      'grep -c': () => measure('grep', ['-rc', 'admin-sport', folder]),
    });
    for (const [name, run] of Object.entries(found))
      console.log(`  ${name.padEnd(26)}${figures(run, files)}`);
    const own = found['ftm-check analyze --each'];
    if (own?.status !== EXIT.findings) throw new Error(`ftm-check analyze --each ended with ${own?.status}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function figures({ seconds, processor, peak }: Measured, files: number): string {
  const each =
    processor === undefined || processor === 0 ? '' : ` (${Math.round(files / processor)} files/s a core)`;
  const cpu = processor === undefined ? '' : `, processor ${processor.toFixed(2)} s${each}`;
  const memory = peak === undefined ? '' : `, ${Math.round(peak)} MB`;
  return `${seconds.toFixed(2)} s${cpu}${memory}`;
}
