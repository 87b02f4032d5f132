import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { check, failedCheck } from './device-fixture.ts';
import { endlessSignIn, type FloodingServer, floodingShell, floodingSocket } from './flooding-server.ts';

const MB = 1024 * 1024;
/** Lines of an ordinary length. */
/** Configuration, so that nothing of it is taken for a message of a daemon. */
const text = (bytes: number) =>
  `config system dns\n${`    set comment "${'x'.repeat(46)}"\n`.repeat(Math.ceil(bytes / 64))}end\n`;

describe('more than one command may print', () => {
  const dns = 'show system dns';

  it('ends the session, and what was read before is the answer', async () => {
    const request = { commands: ['interfaces', 'dns', 'ddns'] as const };
    const outputs = { [dns]: text(17 * MB) };
    await check({ outputs, request }, ({ items, item, simulator }) => {
      expect(items).toHaveLength(4);
      expect(item('show system interface')?.failure).toBeUndefined();
      for (const command of [dns, 'show system ddns']) {
        expect(item(command)).toMatchObject({
          text: '',
          failure: {
            kind: 'not-run',
            reason: expect.stringMatching(/^fgt-test printed more than 16 MB for one command\./),
          },
        });
      }
      expect(simulator.commands).not.toContain('show system ddns');
    });
  });

  it('is less where the lines are short', async () => {
    const outputs = { [dns]: '\n'.repeat(MB) };
    await check({ outputs, request: { commands: ['dns'] } }, ({ item }) => {
      expect(item(dns)?.failure?.reason).toContain('more than 16 MB');
    });
  });

  it('begins at the status, where nothing was read', async () => {
    const simulator = { outputs: { 'get system status': text(17 * MB) } };
    const { error, leftOpen } = await failedCheck(simulator);
    expect(error).toMatchObject({
      code: 'ftm_device_flood',
      advice: expect.stringContaining('Look at the output by hand'),
    });
    expect(leftOpen).toBe(0);
  });
});

it('more than a session may read ends it, though no command printed too much', async () => {
  const commands = [
    'dns',
    'ddns',
    'fortiguard',
    'central-management',
    'admin-profiles',
    'administrators',
  ] as const;
  const outputs = Object.fromEntries(
    ['dns', 'ddns', 'fortiguard', 'central-management', 'accprofile'].map((name) => [
      `show system ${name}`,
      text(10 * MB),
    ]),
  );
  const twice = { ...outputs, 'show system interface': text(10 * MB), 'show system admin': text(10 * MB) };
  await check({ outputs: twice, request: { commands: ['interfaces', ...commands] } }, ({ items }) => {
    const reasons = items.map(({ failure }) => failure?.reason);
    expect(reasons.slice(0, 5)).toEqual(Array(5).fill(undefined));
    expect(reasons.at(-1)).toMatch(/^fgt-test sent more than 64 MB in one session\./);
  });
});

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
    ['lines', text(MB)],
    ['empty lines', '\n'.repeat(MB)],
    ['one line', 'x'.repeat(MB)],
  ])('does not grow with %s before the first prompt', async (_, piece) => {
    const { outcome, peakMb } = await inHeapOf(96, await floodingShell(Buffer.from(piece)));
    expect(outcome).toBe('ftm_device_flood');
    expect(peakMb).toBeLessThan(BASE + 160);
  });

  it('does not grow with what is no SSH at all', async () => {
    const { outcome, peakMb } = await inHeapOf(96, await floodingSocket(Buffer.from(text(MB))));
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
    const outputs = Object.fromEntries(names.map((name) => [`show system ${name}`, text(10 * MB)]));
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
