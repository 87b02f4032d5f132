import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Measured {
  readonly status: number | null;
  readonly stdout: string;
  /** Seconds on the wall clock. */
  readonly seconds: number;
  /** Seconds of processor time, of all threads. */
  readonly processor: number;
  /** Megabytes of memory at the peak. */
  readonly peak: number;
}

const TIME = '/usr/bin/time';

/** Runs a program to its end, under GNU time. */
export async function measure(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Measured> {
  if (!existsSync(TIME)) throw new Error(`${TIME} is missing (Debian: apt-get install time)`);
  const begun = performance.now();
  const child = spawn(TIME, ['-v', command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const seconds = (performance.now() - begun) / 1000;
  return {
    status,
    stdout: Buffer.concat(stdout).toString('utf8'),
    seconds,
    ...parseUsage(Buffer.concat(stderr).toString('utf8')),
  };
}

function parseUsage(report: string): { readonly processor: number; readonly peak: number } {
  const figure = (name: string) => Number(new RegExp(`${name}[^:]*: ([\\d.]+)`).exec(report)?.[1]);
  return {
    processor: figure('User time') + figure('System time'),
    peak: figure('Maximum resident set size') / 1024,
  };
}

export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** The best run of each, all taking turns: what disturbs one only makes it slower, and it may disturb any of them. */
export async function bestInTurn<Name extends string>(
  turns: number,
  runs: Readonly<Partial<Record<Name, () => Promise<Measured>>>>,
): Promise<Partial<Record<Name, Measured>>> {
  const found: Partial<Record<Name, Measured>> = {};
  for (let turn = 0; turn < turns; turn += 1) {
    for (const name of Object.keys(runs) as Name[]) {
      const next = await runs[name]?.();
      if (next && next.seconds < (found[name]?.seconds ?? Number.POSITIVE_INFINITY)) found[name] = next;
    }
  }
  return found;
}
