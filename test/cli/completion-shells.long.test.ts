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

  it('bash suggests devices, options and files', async (context) => {
    const inBash = async (line: string) => {
      const words = line.split(' ').map((word) => `'${word}'`);
      const script = [
        'source <(ftm-check completion bash)',
        // Outside a completion that readline started, compopt fails; what it is asked for is what matters.
        'compopt() { echo "compopt $*"; }',
        `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}`,
        '_ftm_check',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a parameter of bash.
        'printf "%s\\n" "${COMPREPLY[@]}"',
        'complete -p ftm-check',
      ].join('\n');
      const stdout = await inShell(context, 'bash', ['--norc', '-eu', '-c', script]);
      return stdout.trim().split('\n');
    };
    const registered = 'complete -F _ftm_check ftm-check';
    expect(await inBash('ftm-check check fgt')).toEqual(['fgt-branch-07', registered]);
    expect(await inBash('ftm-check check --format = sl')).toEqual(['slack', registered]);
    expect(await inBash('ftm-check analyze ')).toEqual(['compopt -o default', '', registered]);
  });

  it.each(['zsh', 'fish', 'powershell'])('there is one for %s, which asks the program', async (shell) => {
    const { stdout } = await run(process.execPath, [LAUNCHER, 'completion', shell]);
    expect(stdout).toMatch(/ftm-check complete '?--/);
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
