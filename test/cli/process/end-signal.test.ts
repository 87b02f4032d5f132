import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../src/cli/launch.cjs');
/** Milliseconds: a process that other tests slow down gets twice the promised second. */
const MOST = 2_000;
const folder = mkdtempSync(join(tmpdir(), 'ftm-check-end-'));
const path = join(folder, 'dull.log.gz');

/** Blank lines are the dearest text: reading these takes much longer than the test waits. */
beforeAll(() => writeFileSync(path, gzipSync(Buffer.alloc(50 << 20, '\n'))));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['SIGTERM', 'analyze', [path]],
  ['SIGINT', 'analyze', [path]],
  ['SIGTERM', 'analyze', ['--each', path]],
  ['SIGINT', 'analyze', ['--each', path]],
] as const)(
  '%s ends a command that computes: %s %j',
  async (signal, command, args) => {
    const child = spawn(process.execPath, [MAIN, command, ...args], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    await wait(3_000);
    expect(child.exitCode ?? child.signalCode).toBeNull();
    const begun = performance.now();
    child.kill(signal);
    await exit;
    expect(performance.now() - begun).toBeLessThan(MOST);
  },
  60_000,
);
