import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';

const run = promisify(execFile);
const LAUNCHER = resolve(import.meta.dirname, '../../src/cli/launch.cjs');

/** Presses Tab once in an interactive zsh, and prints the line as zsh has completed it. */
const IN_ZSH = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source <(ftm-check completion zsh)'
zpty -w shell 'show() { print -- "\\x3c$BUFFER\\x3e"; zle kill-buffer }; zle -N show; bindkey "^X" show; print rea''dy'
zpty -r shell before '*ready*'
zpty -w -n shell "$1"$'\\t\\x18'
zpty -r shell line '*<*>*'
print -r -- "\${line##*<}" | head -1
zpty -d shell
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-completion-'));
  const device = {
    address: '192.0.2.7',
    username: 'a',
    password: { env: 'P' },
    hostKeys: [`SHA256:${'A'.repeat(43)}`],
  };
  await writeFile(join(folder, 'inventory.yaml'), JSON.stringify({ devices: { 'fgt-branch-07': device } }));
  await writeFile(join(folder, 'debug.log'), '');
  await symlink(LAUNCHER, join(folder, 'ftm-check'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the completion scripts in their shells', () => {
  it.for([
    ['ftm-check simul', 'ftm-check simulate '],
    ['ftm-check check fgt', 'ftm-check check fgt-branch-07 '],
    ['ftm-check explain wan-ftm', 'ftm-check explain wan-ftm-access-missing '],
    ['ftm-check analyze --form', 'ftm-check analyze --format '],
  ])('zsh completes %j', async ([typed = '', completed], context) => {
    const stdout = await inShell(context, 'zsh', ['-f', '-c', IN_ZSH, 'zsh', typed]);
    expect(stdout.replace(/>\s*$/, '')).toBe(completed);
  });

  it.for<[string, readonly string[]]>([
    ['ftm-check simul', ['simulate']],
    ['ftm-check check fgt', ['fgt-branch-07']],
    ['ftm-check explain wan-ftm', ['wan-ftm-access-missing']],
    ['ftm-check rules --format ', ['json', 'text']],
    ['ftm-check analyze deb', ['debug.log']],
  ])('fish suggests for %j', async ([typed, suggested], context) => {
    const script = 'ftm-check completion fish | source; complete --do-complete $argv[1]';
    const stdout = await inShell(context, 'fish', ['--no-config', '-c', script, typed]);
    const words = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(words).toEqual(suggested);
  });

  it.for(['zsh', 'fish', 'pwsh'])('reads the script without an error: %s', async (shell, context) => {
    const read = {
      zsh: ['-f', '-c', 'autoload -Uz compinit; compinit -u -D; source <(ftm-check completion zsh)'],
      fish: ['--no-config', '-c', 'ftm-check completion fish | source'],
      pwsh: ['-NoProfile', '-Command', 'ftm-check completion powershell | Out-String | Invoke-Expression'],
    }[shell];
    expect(await inShell(context, shell, read ?? [])).toBe('');
  });
});

/** What the shell prints. The test is skipped, with a notice, where the shell is not installed. */
async function inShell(context: TestContext, shell: string, args: readonly string[]): Promise<string> {
  const PATH = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  const there = await run('sh', ['-c', `command -v ${shell}`], { env: { PATH } }).catch(() => undefined);
  if (!there) context.skip(`${shell} is not on PATH (Debian: ${shell === 'pwsh' ? 'not packaged' : shell})`);
  const { stdout, stderr } = await run(shell, args, {
    cwd: folder,
    env: { PATH, HOME: folder, TERM: 'dumb', FTM_CHECK_INVENTORY: join(folder, 'inventory.yaml') },
    timeout: 100_000,
  });
  expect(stderr).toBe('');
  return stdout;
}
