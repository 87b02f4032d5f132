import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { endlessSignIn, type FloodingServer, floodingShell, floodingSocket } from './flooding-server.ts';
import { configurationOf, MB } from './long-configuration.ts';

const CHILD = fileURLToPath(new URL('flood-child.ts', import.meta.url));

async function inHeapOf(
  heapMb: number,
  server: FloodingServer,
  { commands = 'dns', connectMs = 30_000 } = {},
): Promise<{ outcome: unknown; peakMb: number }> {
  try {
    const args = [
      `--max-old-space-size=${heapMb}`,
      CHILD,
      String(server.port),
      server.hostKeyLines[0] ?? '',
      commands,
      String(connectMs),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 240_000 });
    return JSON.parse(stdout) as { outcome: unknown; peakMb: number };
  } finally {
    await server.close();
  }
}

/** Mega bytes beyond what the process takes by itself. */
const BASE = 100;

describe('the memory of a process that reads a hostile server', () => {
  it.each([
    ['lines', configurationOf(MB)],
    ['empty lines', '\n'.repeat(MB)],
    ['one line', 'x'.repeat(MB)],
  ])('does not grow with %s before the first prompt', async (_, piece) => {
    const { outcome, peakMb } = await inHeapOf(96, await floodingShell(Buffer.from(piece)));
    expect(outcome).toBe('ftm_device_flood');
    expect(peakMb).toBeLessThan(BASE + 160);
  });

  it('does not grow with what is no SSH at all', async () => {
    const { outcome, peakMb } = await inHeapOf(96, await floodingSocket(Buffer.from(configurationOf(MB))));
    expect(outcome).toMatch(/^ftm_device_(?:flood|not_fortigate)$/);
    expect(peakMb).toBeLessThan(BASE + 160);
  });

  it.each(['questions', 'empty rounds', 'banners'] as const)(
    'does not grow with %s at sign-in that never end',
    async (kind) => {
      const { outcome, peakMb } = await inHeapOf(96, await endlessSignIn(kind), { connectMs: 5_000 });
      expect(outcome).toMatch(
        /^ftm_(?:device_(?:flood|dialogue|timeout|unreachable)|auth_failed|login_refused)$/,
      );
      expect(peakMb).toBeLessThan(BASE + 160);
    },
  );

  it('is bounded over all commands', async () => {
    const names = ['dns', 'ddns', 'fortiguard', 'central-management', 'accprofile', 'admin', 'interface'];
    const outputs = Object.fromEntries(
      names.map((name) => [`show system ${name}`, configurationOf(10 * MB)]),
    );
    const simulator = await startSimulator({ configText: sampleConfig('branch-07'), outputs });
    const commands = 'interfaces,dns,ddns,fortiguard,central-management,admin-profiles,administrators';
    const { outcome, peakMb } = await inHeapOf(
      320,
      { ...simulator, close: () => simulator.close() },
      { commands },
    );
    expect(JSON.stringify(outcome)).toContain('more than 64 MB');
    // About 400 MB; garbage that is not collected yet makes it vary. Without the budget it is over 3 GB.
    expect(peakMb).toBeLessThan(BASE + 500);
  });
});
