import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Measured {
  readonly status: number | null;
  readonly stdout: string;
  /** Seconds on the wall clock. */
  readonly seconds: number;
  /** Seconds of processor time, of all threads; and megabytes of memory at the peak. Only where GNU time tells. */
  readonly processor?: number;
  readonly peak?: number;
}

/** Debian: apt-get install time. */
const TIME = '/usr/bin/time';

/** Runs a program to its end. */
export async function measure(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Measured> {
  const timed = existsSync(TIME);
  const begun = performance.now();
  const child = spawn(timed ? TIME : command, timed ? ['-v', command, ...args] : args, {
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
    ...(timed ? usageOf(Buffer.concat(stderr).toString('utf8')) : {}),
  };
}

function usageOf(report: string): { readonly processor: number; readonly peak: number } {
  const figure = (name: string) => Number(new RegExp(`${name}[^:]*: ([\\d.]+)`).exec(report)?.[1]);
  return {
    processor: figure('User time') + figure('System time'),
    peak: figure('Maximum resident set size') / 1024,
  };
}

export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** The best of several runs: what disturbs one only makes it slower. */
export async function best(runs: number, run: () => Promise<Measured>): Promise<Measured> {
  let found = await run();
  for (let turn = 1; turn < runs; turn += 1) {
    const next = await run();
    if (next.seconds < found.seconds) found = next;
  }
  return found;
}
