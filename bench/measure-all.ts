import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Failed, type Row, rowText } from './figure.ts';
import { loadText } from './machine.ts';

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly args: readonly string[];
  readonly rows: readonly Row[];
  readonly seconds: number;
  /** Average of the last minute before and after. */
  readonly load: { readonly before: string; readonly after: string };
}

export interface Measurement {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly args: readonly string[];
  /** What Node runs: a module that prints one row as JSON a line. */
  readonly entry: readonly string[];
}

/** No bench takes this long: it hangs. */
const HANGS_MS = 1_800_000;

/**
 * Each bench in a process of its own: none finds what another left in memory, and one that fails, dies or hangs is a row
 * that says so. `tell` is called for people who wait.
 */
export async function measureAll(
  measurements: readonly Measurement[],
  tell: (text: string) => void,
  hangsMs = HANGS_MS,
): Promise<readonly Section[]> {
  const sections: Section[] = [];
  for (const { entry, ...measurement } of measurements) {
    tell(`${measurement.name}: ${measurement.title}`);
    const before = loadText();
    const begun = performance.now();
    const rows = await measureRows(entry, (row) => tell(`  ${rowText(row)}`), hangsMs);
    const seconds = (performance.now() - begun) / 1000;
    sections.push({ ...measurement, rows, seconds, load: { before, after: loadText() } });
  }
  return sections;
}

async function measureRows(
  entry: readonly string[],
  onRow: (row: Row) => void,
  hangsMs: number,
): Promise<readonly Row[]> {
  // A group of its own, so that what the bench started ends with it.
  const child = spawn(process.execPath, entry, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const endGroup = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  };
  const onInterrupt = () => {
    endGroup();
    process.exit(130);
  };
  process.once('SIGINT', onInterrupt);
  let isHung = false;
  const timer = setTimeout(() => {
    isHung = true;
    endGroup();
  }, hangsMs);
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told = (told + chunk.toString()).slice(-10_000);
  });
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    onRow(row);
  };
  createInterface({ input: child.stdout }).on('line', (line) => add(JSON.parse(line) as Row));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  process.off('SIGINT', onInterrupt);
  // A bench that died may have left processes.
  endGroup();
  if (status !== 0) add(failure(isHung ? `no end after ${hangsMs / 1000} s` : findReason(told, status)));
  else if (rows.length === 0) add(failure('it measured nothing'));
  return rows;
}

function failure(failed: string): Failed {
  return { what: 'the bench', failed };
}

/** The line that names the error, else the last one. */
function findReason(stderr: string, status: number | null): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? `it ended with ${status}`;
}
