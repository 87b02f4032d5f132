import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../src/engine/diagnosis/diagnosis.ts';
import { writeBusyLog, writeDenseLog } from '../test/fixtures/logs/busy-gateway.ts';
import type { Row } from './figure.ts';
import { bestInTurn, isInstalled, type Measured, measure } from './measure.ts';

const MEGABYTE = 1_000_000;
/** The messages an attempt is made of, as a person looks for them by hand. */
const MARKERS =
  'authenticate user: |fnbam_auth return: |fnbam_auth_update_result|Connecting to server address|token_type = |uses 2FA|SSL: \\(where=|"sender": ?"FGT-|Auth successful|login_failed|Sending result|Rcvd auth req';
const MAIN = join(import.meta.dirname, '../src/cli/launch.cjs');
const LNAV = 'lnav';
/** Debian: util-linux. */
const TASKSET = 'taskset';
const ONE_CORE = ['-c', '0'];
/** What issue 4 allows. Megabytes. */
const MAX_MEMORY_MB = 250;
/** Logs of nothing but logins, to see how time grows. Megabytes. */
const DENSE = '16,32,64';

type Runner = 'grep' | 'lnav' | 'analyze' | 'lnavAlone' | 'analyzeAlone';

interface Log {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
}

/**
 * `npm run bench -- logs [megabytes] [runs] [megabytes,megabytes,…]`: one file, read by `grep -c`, by lnav and by
 * `ftm-check analyze` in turn, on all cores and on one; then logs in which every line matters.
 */
export async function* bench([
  size = '64',
  runs = '1',
  dense = DENSE,
]: readonly string[]): AsyncGenerator<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    yield* benchBusy(await writeLog(folder, 'gateway.log', writeBusyLog, Number(size)), Number(runs));
    yield* benchDense(folder, dense.split(',').map(Number), Number(runs));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* benchBusy(log: Log, runs: number): AsyncGenerator<Row> {
  const hasLnav = isInstalled(LNAV);
  const hasOne = isInstalled(TASKSET);
  const { grep, lnav, analyze, lnavAlone, analyzeAlone } = await bestInTurn<Runner>(runs, {
    grep: () => measure('grep', ['-c', '-E', MARKERS, log.path], { env: { ...process.env, LC_ALL: 'C' } }),
    ...(hasLnav ? { lnav: () => measure(LNAV, indexing(log)) } : {}),
    analyze: () => measure(process.execPath, analysing(log)),
    ...(hasLnav && hasOne
      ? { lnavAlone: () => measure(TASKSET, [...ONE_CORE, LNAV, ...indexing(log)]) }
      : {}),
    ...(hasOne
      ? { analyzeAlone: () => measure(TASKSET, [...ONE_CORE, process.execPath, ...analysing(log)]) }
      : {}),
  });
  if (!analyze || !grep) return;
  const { attempts } = JSON.parse(analyze.stdout) as Diagnosis;
  if (attempts.length === 0) throw new Error('no login was found in the log');
  const what = `${inMegabytes(log)} MB, ${log.lines} lines`;
  const missing = hasLnav ? `${TASKSET} is not on PATH` : `${LNAV} is not on PATH`;
  yield besideLnav(`${what}, all cores`, log, analyze, lnav) ?? { what, notMeasured: missing };
  yield besideLnav(`${what}, one core`, log, analyzeAlone, lnavAlone) ?? {
    what: `${what}, one core`,
    notMeasured: missing,
  };
  yield {
    what: `${what}, processor`,
    value: analyze.processor,
    unit: 's',
    beside: { what: '`grep -c`', value: grep.processor },
    note: `${((100 * Number(grep.stdout)) / log.lines).toFixed(1)} % of the lines matter`,
  };
  yield {
    what: `${what}, memory`,
    value: analyze.peak,
    unit: 'MB',
    goal: { of: 'value', most: MAX_MEMORY_MB },
  };
}

function besideLnav(
  what: string,
  log: Log,
  own: Measured | undefined,
  lnav: Measured | undefined,
): Row | undefined {
  if (!own) return undefined;
  const row = { what, value: own.seconds, unit: 's', note: speedText(log, own) } as const;
  if (!lnav) return undefined;
  return { ...row, beside: { what: 'lnav', value: lnav.seconds }, goal: { of: 'ratio', most: 1 } };
}

async function* benchDense(folder: string, sizes: readonly number[], runs: number): AsyncGenerator<Row> {
  let smaller: { readonly what: string; readonly value: number } | undefined;
  for (const size of sizes) {
    const log = await writeLog(folder, `dense-${size}.log`, writeDenseLog, size);
    const { analyze } = await bestInTurn(runs, { analyze: () => measure(process.execPath, analysing(log)) });
    if (!analyze) return;
    const value = analyze.seconds;
    const note = `${speedText(log, analyze)}; peak ${Math.round(analyze.peak)} MB`;
    const beside = smaller ? { beside: smaller } : {};
    yield { what: `${size} MB of nothing but logins`, value, unit: 's', note, ...beside };
    smaller = { what: `${size} MB`, value };
  }
}

async function writeLog(
  folder: string,
  name: string,
  write: (path: string, bytes: number) => Promise<number>,
  size: number,
): Promise<Log> {
  const path = join(folder, name);
  const bytes = await write(path, size * MEGABYTE);
  // The first reader pays for the disk, whichever it is.
  return { path, bytes, lines: Number((await measure('grep', ['-c', '', path])).stdout) };
}

/** A command that needs every message indexed and prints one line. */
function indexing({ path }: Log): readonly string[] {
  const steps = [`:open ${path}`, ';SELECT count(*) FROM all_logs', ':write-csv-to -'];
  return ['-n', '-N', ...steps.flatMap((step) => ['-c', step])];
}

function analysing({ path }: Log): readonly string[] {
  return [MAIN, 'analyze', '--format', 'json', path];
}

function inMegabytes({ bytes }: Log): number {
  return Math.round(bytes / MEGABYTE);
}

function speedText({ bytes, lines }: Log, { seconds }: Measured): string {
  return `${Math.round(bytes / MEGABYTE / seconds)} MB/s, ${Math.round(lines / seconds / 1000)} thousand lines/s`;
}
