import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const fixture = (path: string) => readFileSync(join(ROOT, 'src/engine/rules', path), 'utf8');
const BROKEN = fixture('port-conflict-admin-https/fixtures/broken.conf');
const LATE = fixture('vpn-wait-too-short/fixtures/broken.log');
const FINE = fixture('shared/fixtures/login-by-push-of-wren.log');

/** The scripts of docs/how-to/backups.md, word for word, with a real repository. */
describe('the recipes for backups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-recipes-'));
  const repository = join(folder, 'repository');
  const blocks = [
    ...readFileSync(join(ROOT, 'docs/how-to/backups.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g),
  ];
  const script = (start: string) =>
    blocks.map(([, text = '']) => text).find((text) => text.startsWith(start));
  afterAll(() => rmSync(folder, { recursive: true }));

  function git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=backup', '-c', 'user.email=backup@example.com'];
    return execFileSync('git', [...identity, '-C', repository, ...args], { encoding: 'utf8' }).trim();
  }

  function commit(name: string, text: string): string {
    writeFileSync(join(repository, name), text);
    git('add', '.');
    git('commit', '--quiet', '--message', `update ${name}`);
    return git('rev-parse', 'HEAD');
  }

  function run(
    text: string | undefined,
    env: Readonly<Record<string, string>>,
  ): { status: number; stdout: string } {
    const path = join(folder, 'script');
    writeFileSync(path, text ?? '');
    try {
      const stdout = execFileSync('sh', ['-e', path], {
        cwd: repository,
        encoding: 'utf8',
        env: { PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter), ...env },
      });
      return { status: 0, stdout };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { status, stdout };
    }
  }

  function oxidized(commitRef: string): Readonly<Record<string, string>> {
    return { OX_REPO_NAME: join(repository, '.git'), OX_REPO_COMMITREF: commitRef };
  }

  beforeAll(() => {
    mkdirSync(repository);
    git('init', '--quiet');
    const launcher = join(ROOT, 'src/cli/launch.cjs');
    writeFileSync(join(folder, 'ftm-check'), `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`);
    chmodSync(join(folder, 'ftm-check'), 0o755);
    commit('fgt-a', LATE);
  });

  it('compares the first commit of a repository with nothing', () => {
    const told = run(
      script('#!/bin/sh\n# ftm-check-hook'),
      oxidized(git('rev-list', '--max-parents=0', 'HEAD')),
    );
    expect(told.status).toBe(1);
    expect(told.stdout).toMatch(/\| fgt-a \| \w+ \| new: /);
  });

  it('tells a change that brings a finding from one that does not', () => {
    const harmless = commit('fgt-b', FINE);
    const harmful = commit('fgt-c', BROKEN);
    const base = git('rev-parse', 'HEAD~2');

    const hook = script('#!/bin/sh\n# ftm-check-hook');
    expect(run(hook, oxidized(harmless))).toMatchObject({ status: 0 });
    const told = run(hook, oxidized(harmful));
    expect(told.status).toBe(1);
    expect(told.stdout).toMatch(/\| fgt-c \| critical \| new: The admin page/);

    const job = script('git archive --output before.tar "$BASE"');
    expect(run(job, { BASE: base })).toMatchObject({ status: 1 });
    expect(run(job, { BASE: harmful })).toMatchObject({ status: 0 });
  });
});
