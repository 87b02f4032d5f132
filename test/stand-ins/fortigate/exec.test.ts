import type { ExecOptions } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { type ShellOptions, withClient } from './shell-client.ts';

const PROMPT = 'fgt-branch-07 # ';
const PTY: ExecOptions = { pty: { rows: 24, cols: 80 } };

async function run(command: string, options: ExecOptions = {}, shell: ShellOptions = {}) {
  const ran = { stdout: '', stderr: '', status: -1 };
  await withClient(shell, async (client) => {
    await new Promise<void>((resolve, reject) => {
      client.exec(command, options, (error, channel) => {
        if (error) reject(error);
        channel.on('data', (bytes: Buffer) => {
          ran.stdout += bytes.toString();
        });
        channel.stderr.on('data', (bytes: Buffer) => {
          ran.stderr += bytes.toString();
        });
        channel.on('exit', (code: number) => {
          ran.status = code;
        });
        channel.on('close', resolve);
      });
    });
  });
  return ran;
}

describe('an exec channel', () => {
  it('prints the prompt, the answer and the prompt again, without echo', async () => {
    expect(await run('show system dns')).toEqual({
      stdout: `${PROMPT}config system dns\n    set primary 203.0.113.53\n    set secondary 203.0.113.54\nend\n\n${PROMPT}`,
      stderr: '',
      status: 0,
    });
  });

  it('has no status for errors; without a PTY they go to the other output', async () => {
    expect(await run('gibberish')).toEqual({
      stdout: `${PROMPT}\n${PROMPT}`,
      stderr: '6694: Unknown action 0\nCommand fail. Return code -1\n',
      status: 0,
    });
    expect(await run('gibberish', PTY)).toEqual({
      stdout: `${PROMPT}\r\nUnknown action 0\r\nCommand fail. Return code -1\r\n\r\n${PROMPT}`,
      stderr: '',
      status: 0,
    });
  });

  it('runs several lines, and forgets where it stood', async () => {
    const { stdout } = await run('config system ftm-push\nshow\nend');
    expect(stdout).toContain('fgt-branch-07 (ftm-push) # config system ftm-push\n');
    expect(stdout.endsWith(`\n${PROMPT}`)).toBe(true);
  });

  it('prints the marker of the pager without waiting', async () => {
    const { stdout } = await run('show full-configuration system global');
    expect(stdout).toContain(`--More-- \r${' '.repeat(9)}\r`);
    expect(stdout.endsWith(`end\n\n${PROMPT}`)).toBe(true);
  });

  it('cannot get past a banner, nor copy files', async () => {
    const { stdout } = await run('show system dns', {}, { behaviour: { postLoginBanner: 'Hello' } });
    expect(stdout).toBe("Hello\n(Press 'a' to accept):");
    expect((await run('scp -f sys_config')).stdout).toContain('501-Permission Denied');
  });
});
