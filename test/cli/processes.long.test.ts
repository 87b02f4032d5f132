import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../src/engine/diagnosis/diagnosis.ts';
import { until } from '../support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LAUNCHER = join(ROOT, 'src/cli/launch.cjs');
const SAMPLE = join(ROOT, 'src/stand-ins/fortigate/samples/branch-07.conf');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

function start(args: readonly string[], env: Record<string, string> = {}) {
  return spawn(process.execPath, [LAUNCHER, ...args], { env: { ...process.env, ...env }, cwd: folder });
}

async function ran(child: ReturnType<typeof start>) {
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}

describe('as a process', () => {
  it('analyzes what is piped in', async () => {
    const child = start(['analyze', '--format', 'json']);
    child.stdin.end('Version: FortiGate-60F v7.2.8,build1639,240313 (GA.M)\n');
    const { status, stdout, stderr } = await ran(child);
    expect(stderr).toBe('');
    expect(diagnosisSchema.parse(JSON.parse(stdout)).verdict).toBe('inconclusive');
    expect(status).toBe(3);
  });

  it('takes a reader that has seen enough for what it is', async () => {
    const child = start(['rules']);
    child.stdout.destroy();
    const stderr = await text(child.stderr);
    expect(stderr).toBe('');
  });

  it('checks a look-alike over SSH, and both end in order', async () => {
    const simulator = start(['simulate', '--config', SAMPLE, '--password', 'for this test']);
    try {
      let said = '';
      for await (const chunk of simulator.stderr) {
        said += String(chunk);
        if (said.includes('hostKeys')) break;
      }
      await writeFile(
        join(folder, 'inventory.yaml'),
        said.slice(said.indexOf('  devices:')).replaceAll(/^ {2}/gm, ''),
      );
      const env = { SIMULATED_PASSWORD: 'for this test' };

      const checked = await ran(start(['check', 'simulated', '--inventory', 'inventory.yaml'], env));
      expect(checked).toMatchObject({ status: 1, stderr: '' });
      expect(checked.stdout).toContain('trusthost');

      const refused = await ran(start(['check', 'simulated'], { SIMULATED_PASSWORD: 'wrong' }));
      expect(refused).toMatchObject({ status: 4, stdout: '' });
      expect(refused.stderr).toMatch(/did not accept/);

      const unknown = await ran(start(['check', 'simulatd'], env));
      expect(unknown).toMatchObject({ status: 2, stdout: '' });
      expect(unknown.stderr).toContain('Did you mean simulated?');
    } finally {
      simulator.kill('SIGTERM');
    }
    const [status] = (await once(simulator, 'exit')) as [number | null];
    expect(status).toBe(0);
  });
});

describe('a shell in between', () => {
  /** Starts a program below a shell that does not pass signals on, as npm does; resolves with its process id. */
  async function startBelowShell(env: Record<string, string>) {
    const script = '"$0" "$@" & echo $! >&3; wait';
    const command = [LAUNCHER, 'simulate', '--sample', 'branch-07'];
    const { npm_command: _, ...inherited } = process.env;
    const shell = spawn('sh', ['-c', script, process.execPath, ...command], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for await (const chunk of shell.stderr ?? []) {
      said += String(chunk);
      if (said.includes('hostKeys')) break;
    }
    const [pid] = (await once(shell.stdio[3] as Readable, 'data')) as [Buffer];
    return { shell, pid: Number(String(pid)) };
  }

  const isRunning = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('takes the program with it when npm has started it', async () => {
    const { shell, pid } = await startBelowShell({ npm_command: 'exec' });
    expect(isRunning(pid)).toBe(true);
    shell.kill('SIGTERM');
    await until(() => !isRunning(pid), 'the program has ended');
  });

  it('leaves it running otherwise, as with nohup', async () => {
    const { shell, pid } = await startBelowShell({});
    shell.kill('SIGTERM');
    await once(shell, 'exit');
    await new Promise((done) => setTimeout(done, 1_500));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGTERM');
    await until(() => !isRunning(pid), 'the program has ended');
  });
});
