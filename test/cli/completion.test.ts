import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import { ftmCheck } from './test-io.ts';

const PIN = `SHA256:${'A'.repeat(43)}`;
const INVENTORY = JSON.stringify({
  devices: Object.fromEntries(
    ['fgt-branch-07', 'fgt-branch-08', 'hub'].map((alias) => [
      alias,
      { address: '192.0.2.7', username: 'a', password: { env: 'P' }, hostKeys: [PIN] },
    ]),
  ),
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-completion-'));
  await writeFile(join(folder, 'devices.yaml'), INVENTORY);
  await writeFile(join(folder, 'broken.yaml'), 'devices: 7');
  await mkdir(join(folder, 'work/cases'), { recursive: true });
  await writeFile(join(folder, 'work/inventory.yaml'), INVENTORY);
  await writeFile(join(folder, 'work/debug one.log'), '');
});
afterAll(() => rm(folder, { recursive: true }));

async function complete(...words: readonly string[]) {
  const { stdout, status, stderr } = await ftmCheck(['complete', '--', ...words], {
    env: { FTM_CHECK_INVENTORY: join(folder, 'devices.yaml') },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  return {
    values: lines.slice(0, -1).map((line) => line.split('\t')[0] ?? ''),
    directive: lines.at(-1),
    stdout,
  };
}

describe('completion', () => {
  it('suggests the commands that the help lists, with what they do', async () => {
    const { values, directive, stdout } = await complete('');
    const { stdout: help } = await ftmCheck(['--help']);
    for (const value of values) expect(help).toContain(`\n  ${value}`);
    expect(values).toContain('check');
    expect(values).not.toContain('complete');
    expect(stdout).toContain('simulate\trun a simulated FortiGate over SSH\n');
    expect(directive).toBe(':4');
  });

  it.each<[readonly string[], readonly string[], string]>([
    [['ch'], ['check'], ':4'],
    [['hosts', ''], ['scan', 'help'], ':4'],
    [['audit', 'v'], ['verify'], ':4'],
    [['check', ''], ['fgt-branch-07', 'fgt-branch-08', 'hub'], ':4'],
    [['check', '--user', 'fgt', 'fgt'], ['fgt-branch-07', 'fgt-branch-08'], ':4'],
    [['check', 'hub', 'fgt-branch-07'], ['fgt-branch-07'], ':4'],
    [['hosts', 'scan', 'hub', ''], [], ':4'],
    [['compare', ''], [], ':0'],
    [['hosts', 'scan', 'h'], ['hub'], ':4'],
    [['check', '--inv'], ['--inventory'], ':4'],
    [['rules', '--format', ''], ['text', 'json'], ':4'],
    [['check', '--format=m'], ['markdown'], ':4'],
    [['check', '--format', '=', 'm'], ['markdown'], ':4'],
    [['analyze', '--color', '='], ['auto', 'always', 'never'], ':4'],
    [['check', '--vdom', ''], [], ':4'],
    [['check', 'hub', '--save-evidence', ''], [], ':16'],
    [['check', '--inventory', ''], [], ':0'],
    [['analyze', 'debug.log', ''], [], ':0'],
    [['explain', 'wan-ftm'], ['wan-ftm-access-missing'], ':4'],
    [['completion', 'f'], ['fish'], ':4'],
    [['nothing', 'of', 'this', ''], [], ':4'],
  ])('of %j is %j', async (words, values, directive) => {
    expect(await complete(...words)).toMatchObject({ values, directive });
  });

  it('suggests every cause', async () => {
    expect((await complete('explain', '')).values).toEqual(RULES.map(({ id }) => id));
  });

  it('reads the inventory that the line names, and is silent about one that is not valid', async () => {
    const other = join(folder, 'work/inventory.yaml');
    expect((await complete('check', '--inventory', other, 'hu')).values).toEqual(['hub']);
    expect((await complete('check', `--inventory=${other}`, 'hu')).values).toEqual(['hub']);
    expect((await complete('check', '--inventory', join(folder, 'broken.yaml'), '')).values).toEqual([]);
    expect((await complete('check', '--inventory', join(folder, 'none.yaml'), '')).values).toEqual([]);
  });

  it('has a script for bash that asks the program', async () => {
    const { stdout } = await ftmCheck(['completion', 'bash']);
    expect(stdout).toMatch(/ftm-check complete '?--/);
  });

  it('refuses another shell', async () => {
    const { status, stderr } = await ftmCheck(['completion', 'csh']);
    expect(status).toBe(2);
    expect(stderr).toContain('Allowed choices are bash, zsh, fish, powershell');
  });
});
