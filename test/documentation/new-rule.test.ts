import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blocksOf, CHECKOUT } from './command-blocks.ts';

const COPIED = ['docs', 'handlers', 'scripts', 'src', 'test', 'schema', 'package.json', 'vitest.config.ts'];
const CONFIGS = ['tsconfig.json', 'tsconfig.browser.json', 'tsconfig.build.json'];
const RULE = 'push-port-filtered';

let copy = '';
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ftm-new-rule-'));
  for (const name of [...COPIED, ...CONFIGS])
    await cp(join(CHECKOUT, name), join(copy, name), { recursive: true });
  await symlink(join(CHECKOUT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true }));

it('the commands of the page about new rules make a rule whose checks name what is missing', async () => {
  const [make = '', check = ''] = blocksOf('docs/how-to/new-rule.md')[0]?.lines ?? [];
  const made = await bash(make);
  expect(made.status, made.said).toBe(0);
  const files = await readdir(join(copy, 'src/rules', RULE), { recursive: true });
  expect(files).toEqual(
    expect.arrayContaining(['rule.ts', 'page.md', 'quotes.txt', 'closed-loop.ts', 'fixtures']),
  );
  for (const file of files.filter((name) => name.includes('.'))) {
    expect(made.said).toContain(`src/rules/${RULE}/${file}`);
  }
  const checked = await bash(check);
  expect(checked.status, checked.said).toBe(1);
  expect(checked.said).toMatch(/TODO/);
  expect(checked.said).not.toMatch(/Cannot find|ENOENT/);
});

function bash(command: string): Promise<{ readonly status: unknown; readonly said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: copy, maxBuffer: 64 * 1024 * 1024 };
    execFile('bash', ['-c', command], options, (error, stdout, stderr) => {
      resolve({ status: error?.code ?? 0, said: stdout + stderr });
    });
  });
}
