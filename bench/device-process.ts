import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Device } from '../src/platform/config/inventory-types.ts';
import type { Trip } from './delay-proxy.ts';

/** A look-alike of a FortiGate and a proxy that adds delay, each in a process of its own. */
export const USER = 'ftm-check';
export const PASSWORD = 'bench-only';

type Child = ChildProcessByStdio<null, Readable, Readable>;

export type BenchDevice = Pick<Device, 'port' | 'hostKeys'>;

export function deviceAt(at: BenchDevice): Device {
  return {
    ...at,
    alias: 'bench',
    address: '127.0.0.1',
    username: USER,
    credential: { kind: 'password', password: { env: 'UNUSED' } },
    groups: [],
    algorithms: 'modern',
    timeouts: { connect: 30_000, command: 30_000, job: 120_000 },
  };
}

/** `config` is the path of a configuration; before each answer the device takes `delayMs`. */
export async function startLookAlike(config: string, delayMs: number) {
  const script = join(import.meta.dirname, 'look-alike.ts');
  const child = start([script, config, USER, PASSWORD, String(delayMs)]);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(String(line)) as { port: number; hostKeys: string[] }) };
}

/** Adds `delay` milliseconds to every round trip. */
export async function startProxy(port: number, delay: number) {
  const child = start([join(import.meta.dirname, 'delay-proxy.ts'), String(port), String(delay)]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  return { child, port: Number(await next()), nextTrip: async () => JSON.parse(await next()) as Trip };
}

function start(args: readonly string[]): Child {
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function stop(child: Child): Promise<void> {
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
