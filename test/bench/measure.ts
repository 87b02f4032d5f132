import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly status: number | null;
  readonly stdout: string;
  /** Seconds on the wall clock. */
  readonly seconds: number;
  /** Megabytes of memory at its peak, where the system tells. */
  readonly peak: number | undefined;
}

const SAMPLE = 20;

/** Runs a program to its end. Its peak is what Linux says it has been, asked for while it runs. */
export async function measure(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], ...options });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  let peak: number | undefined;
  const timer = setInterval(() => {
    peak = peakOf(child.pid) ?? peak;
  }, SAMPLE);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(timer);
  return {
    status,
    stdout: Buffer.concat(chunks).toString('utf8'),
    seconds: (performance.now() - begun) / 1000,
    peak,
  };
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
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
