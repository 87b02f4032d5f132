import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { writeBusyLog } from '../fixtures/logs/busy-gateway.ts';
import { best, isInstalled, type Measured, measure } from './measure.ts';

const MEGABYTE = 1_000_000;
/** The messages an attempt is made of, as somebody would look for them by hand. */
const MARKERS =
  'authenticate user: |fnbam_auth return: |fnbam_auth_update_result|Connecting to server address|token_type = |uses 2FA|SSL: \\(where=|"sender": ?"FGT-|Auth successful|login_failed|Sending result|Rcvd auth req';
const MAIN = join(import.meta.dirname, '../../src/cli/launch.cjs');
const LNAV = 'lnav';

/** One file, read by `grep -c`, by lnav and by `ftm-check analyze`, one after the other. */
export async function bench([size = '64', runs = '1']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-bench-'));
  try {
    const path = join(folder, 'gateway.log');
    const bytes = await writeBusyLog(path, Number(size) * MEGABYTE);
    const times = Number(runs);
    // The first reader pays for the disk; nobody is to be blamed for that.
    const lines = Number((await measure('grep', ['-c', '', path])).stdout);
    console.log(
      `${Math.round(bytes / MEGABYTE)} MB, ${lines} lines of sslvpn, fnbamd and ftm-push debug; best of ${times}`,
    );
    const grep = await best(times, () =>
      measure('grep', ['-c', '-E', MARKERS, path], { env: { ...process.env, LC_ALL: 'C' } }),
    );
    show('grep -c -E <markers>', grep, bytes, lines, grep);
    if (isInstalled(LNAV)) {
      show('lnav -n (index only)', await best(times, () => lnav(path)), bytes, lines, grep);
    } else console.log('lnav is not on PATH (Debian: apt-get install lnav): not measured');
    const analyze = await best(times, () =>
      measure(process.execPath, [MAIN, 'analyze', '--format', 'json', path]),
    );
    show('ftm-check analyze', analyze, bytes, lines, grep);
    const diagnosis = JSON.parse(analyze.stdout) as Diagnosis;
    console.log(
      `found: ${diagnosis.verdict}, ${diagnosis.attempts.length} logins listed, ${diagnosis.sources[0]?.lines} lines`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A command that needs every message indexed and prints one line. */
function lnav(path: string): Promise<Measured> {
  return measure(LNAV, [
    '-n',
    '-N',
    '-c',
    `:open ${path}`,
    '-c',
    ';SELECT count(*) FROM all_logs',
    '-c',
    ':write-csv-to -',
  ]);
}

function show(
  name: string,
  { seconds, processor, peak, status }: Measured,
  bytes: number,
  lines: number,
  base: Measured,
): void {
  const columns = [
    name.padEnd(22),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${Math.round(bytes / MEGABYTE / seconds)} MB/s`.padStart(10),
    `${Math.round(lines / seconds / 1000)} k lines/s`.padStart(15),
    `${(seconds / base.seconds).toFixed(1)} × grep`.padStart(13),
    processor === undefined ? '' : `processor ${processor.toFixed(2)} s`.padStart(18),
    peak === undefined ? '' : `peak ${Math.round(peak)} MB`.padStart(13),
    `status ${status}`.padStart(10),
  ];
  console.log(columns.join(' '));
}
