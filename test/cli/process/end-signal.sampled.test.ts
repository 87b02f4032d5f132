import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AMOUNT, sampleOf } from '../../support/amount.ts';
import { until } from '../../support/until.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/launch.cjs');
/** Milliseconds: a process that other tests slow down gets twice the promised second. */
const MOST = 2_000;
const folder = mkdtempSync(join(tmpdir(), 'ftm-check-end-'));
const path = join(folder, 'dull.log.gz');

/** Blank lines are the dearest text: reading these takes much longer than the test waits. */
beforeAll(() => writeFileSync(path, gzipSync(Buffer.alloc(50 << 20, '\n'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Hundredths of a second of processor time; a start takes about forty. */
function processorTime(pid: number | undefined): number {
  const [, , , , , , , , , , , user, system] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(user) + Number(system);
}

const COMPUTING = [
  ['SIGTERM', 'analyze', [path]],
  ['SIGINT', 'analyze', ['--each', path]],
  ['SIGINT', 'analyze', [path]],
  ['SIGTERM', 'analyze', ['--each', path]],
] as const;

it.each(sampleOf(COMPUTING, 4, 0))(
  '%s ends a command that computes: %s %j',
  async (signal, command, args) => {
    const child = spawn(process.execPath, [MAIN, command, ...args], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    await until(() => child.exitCode !== null || processorTime(child.pid) > 100, 'it computes');
    expect(child.exitCode ?? child.signalCode).toBeNull();
    const begun = performance.now();
    child.kill(signal);
    await exit;
    expect(performance.now() - begun).toBeLessThan(MOST);
  },
  60_000,
);

const INVENTORY = (port: number) => `devices:
  silent:
    address: 127.0.0.1
    port: ${port}
    username: ftm-check
    password: { env: SILENT_PASSWORD }
    hostKeys: ["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    live: { max: 60s }
`;

const WAITING = [
  ['SIGTERM', ['check', 'silent']],
  ['SIGINT', ['check', 'silent']],
  ['SIGTERM', ['check', '--all']],
  ['SIGINT', ['check', 'silent', '--live', '60']],
  ['SIGTERM', ['bundle', '--device', 'silent']],
  ['SIGTERM', ['hosts', 'scan', 'silent']],
] as const;

/** A sample has none: `serve` and a check of several devices are ended while they wait (`e2e/serve.test.ts`, `cli/fleet/`). */
it.each(AMOUNT === 'sample' ? [] : WAITING)(
  '%s ends a command that waits for a device: %j',
  async (signal, args) => {
    const sockets = new Set<Socket>();
    const device = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
    device.listen(0, '127.0.0.1');
    await once(device, 'listening');
    const inventory = join(folder, 'inventory.yaml');
    writeFileSync(inventory, INVENTORY((device.address() as AddressInfo).port));
    const child = spawn(process.execPath, [MAIN, ...args, '--inventory', inventory], {
      stdio: 'ignore',
      env: { ...process.env, SILENT_PASSWORD: 'for this test' },
    });
    try {
      const exit = once(child, 'exit');
      await Promise.race([once(device, 'connection'), exit]);
      expect(child.exitCode ?? child.signalCode).toBeNull();
      const begun = performance.now();
      child.kill(signal);
      await exit;
      expect(performance.now() - begun).toBeLessThan(MOST);
    } finally {
      child.kill('SIGKILL');
      for (const socket of sockets) socket.destroy();
      device.close();
    }
  },
  60_000,
);
