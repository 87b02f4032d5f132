import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { writeBusyLog, writeDenseLog } from '../fixtures/logs/busy-gateway.ts';
import { bestInTurn, isInstalled, type Measured, measure } from './measure.ts';

const MEGABYTE = 1_000_000;
/** The messages an attempt is made of, as somebody would look for them by hand. */
const MARKERS =
  'authenticate user: |fnbam_auth return: |fnbam_auth_update_result|Connecting to server address|token_type = |uses 2FA|SSL: \\(where=|"sender": ?"FGT-|Auth successful|login_failed|Sending result|Rcvd auth req';
const MAIN = join(import.meta.dirname, '../../src/cli/launch.cjs');
const LNAV = 'lnav';
/** Debian: util-linux. */
const TASKSET = 'taskset';
const ONE_CORE = ['-c', '0'];
/** What issue 4 allows. Megabytes. */
const MAX_MEMORY_MB = 250;
/** Logs of nothing but logins, to see how time grows. Megabytes. */
const DENSE = [16, 32, 64];

type Runner = 'grep' | 'lnav' | 'analyze' | 'lnavAlone' | 'analyzeAlone';

interface Log {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
}

/**
 * One file, read by `grep -c`, by lnav and by `ftm-check analyze` in turn, on all cores and on one; then logs in which
 * every line matters.
 */
export async function bench([size = '64', runs = '1']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    await benchBusy(await writeLog(folder, 'gateway.log', writeBusyLog, Number(size)), Number(runs));
    await benchDense(folder, Number(runs));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function benchBusy(log: Log, runs: number): Promise<void> {
  console.log(
    `${megabytes(log)} MB, ${log.lines} lines of sslvpn, fnbamd and ftm-push debug; best of ${runs}`,
  );
  const hasLnav = isInstalled(LNAV);
  const hasOne = isInstalled(TASKSET);
  if (!hasLnav) console.log('lnav is not on PATH (Debian: apt-get install lnav): not measured');
  const { grep, lnav, analyze, lnavAlone, analyzeAlone } = await bestInTurn<Runner>(runs, {
    grep: () => measure('grep', ['-c', '-E', MARKERS, log.path], { env: { ...process.env, LC_ALL: 'C' } }),
    ...(hasLnav ? { lnav: () => measure(LNAV, indexing(log)) } : {}),
    analyze: () => measure(process.execPath, analysing(log)),
    ...(hasLnav && hasOne
      ? {
          lnavAlone: () => measure(TASKSET, [...ONE_CORE, LNAV, ...indexing(log)]),
          analyzeAlone: () => measure(TASKSET, [...ONE_CORE, process.execPath, ...analysing(log)]),
        }
      : {}),
  });
  show('grep -c -E <markers>', grep, log, lnav);
  show('lnav -n (index only)', lnav, log, lnav);
  show('ftm-check analyze', analyze, log, lnav);
  show('lnav, one core', lnavAlone, log, lnavAlone);
  show('ftm-check, one core', analyzeAlone, log, lnavAlone);
  if (!analyze) return;
  const diagnosis = JSON.parse(analyze.stdout) as Diagnosis;
  const share = ((100 * Number(grep?.stdout)) / log.lines).toFixed(1);
  console.log(
    `found: ${diagnosis.verdict}, ${diagnosis.attempts.length} logins listed, ${diagnosis.sources[0]?.lines} lines; ${share} % hold a marker`,
  );
  tell('faster than lnav', lnav && analyze.seconds < lnav.seconds);
  tell('faster than lnav on one core', lnavAlone && (analyzeAlone?.seconds ?? 0) < lnavAlone.seconds);
  tell(
    `peak under ${MAX_MEMORY_MB} MB`,
    analyze.peak === undefined ? undefined : analyze.peak < MAX_MEMORY_MB,
  );
}

async function benchDense(folder: string, runs: number): Promise<void> {
  console.log('nothing but logins, one a second:');
  for (const size of DENSE) {
    const log = await writeLog(folder, `dense-${size}.log`, writeDenseLog, size);
    const { analyze } = await bestInTurn(runs, { analyze: () => measure(process.execPath, analysing(log)) });
    show(`ftm-check, ${size} MB`, analyze, log);
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
  // The first reader pays for the disk; nobody is to be blamed for that.
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

function megabytes({ bytes }: Log): number {
  return Math.round(bytes / MEGABYTE);
}

function tell(goal: string, met: boolean | undefined): void {
  console.log(`goal: ${goal}: ${met === undefined ? 'not measured' : met ? 'met' : 'MISSED'}`);
}

function show(name: string, measured: Measured | undefined, log: Log, base?: Measured): void {
  if (!measured) return;
  const { seconds, processor, peak, status } = measured;
  const columns = [
    name.padEnd(22),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${Math.round(log.bytes / MEGABYTE / seconds)} MB/s`.padStart(10),
    `${Math.round(log.lines / seconds / 1000)} k lines/s`.padStart(15),
    (base ? `${(seconds / base.seconds).toFixed(2)} × lnav` : '').padStart(13),
    (processor === undefined ? '' : `processor ${processor.toFixed(2)} s`).padStart(18),
    (peak === undefined ? '' : `peak ${Math.round(peak)} MB`).padStart(13),
    `status ${status}`.padStart(10),
  ];
  console.log(columns.join(' '));
}
