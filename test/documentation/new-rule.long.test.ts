import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RULE_STEPS } from '../../scripts/rule-todos.ts';
import { blocksOf, CHECKOUT } from './command-blocks.ts';

const COPIED = [
  'bench',
  'chaos',
  'docs',
  'handlers',
  'scripts',
  'src',
  'test',
  'schema',
  'package.json',
  'vitest.config.ts',
];
const CONFIGS = ['tsconfig.json', 'tsconfig.browser.json'];
const RULE = 'push-port-filtered';
const FOLDER = `src/engine/rules/${RULE}`;
const CLOSED_LOOP = `test/engine/rules/${RULE}/closed-loop.ts`;
const [MAKE = '', CHECK = ''] = blocksOf('docs/how-to/new-rule.md')[0]?.lines ?? [];

let copy = '';
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ftm-new-rule-'));
  for (const name of [...COPIED, ...CONFIGS])
    await cp(join(CHECKOUT, name), join(copy, name), { recursive: true });
  await symlink(join(CHECKOUT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true }));

// Each test continues where the one before it ended, as the author of a rule does.
it('the commands of the page make a rule, and list what is left to fill in without running a test', async () => {
  const made = await bash(MAKE);
  expect(made.status, made.said).toBe(0);
  const files = await filesOf();
  for (const file of files) expect(made.said).toContain(file);

  const checked = await bash(CHECK);
  expect(checked.status, checked.said).toBe(1);
  const [, list = ''] = checked.said.split(`${FOLDER} is not complete`);
  const [, ...lines] = list.trimEnd().split('\n');
  const steps = lines.filter((line) => !line.startsWith(' '));
  expect(steps).toEqual(RULE_STEPS.map(({ title }) => title));
  expect(lines.length - steps.length).toBe(await countTodos(files));
  for (const todo of lines.filter((line) => !steps.includes(line)))
    expect(todo).toMatch(new RegExp(`^ {2}(?:src|test)/engine/rules/${RULE}/[\\w./-]+:\\d+: .*TODO`));
});

it('a new rule changes no picture, and no written page is out of date', async () => {
  const { status, said } = await bash(
    'npx vitest run --project world test/tools/docs.test.ts -t "docs/pictures|npm run docs"',
  );
  expect(status, said).toBe(0);
});

it('tries the fixtures once they and rule.ts are complete', async () => {
  await fill(['fixtures/broken.conf', 'set status enable'], ['fixtures/healthy.conf', 'set status enable']);
  await write(`${FOLDER}/fixtures/unknown.conf`, 'config system dns\n    set primary 192.0.2.53\nend\n');
  await complete(`${FOLDER}/rule.ts`);
  const { status, said } = await bash(CHECK);
  expect(status, said).toBe(1);
  expect(said).toContain(`${FOLDER}/fixtures/broken.conf: the rule says “`);
  expect(said).not.toContain('2. rule.ts');
});

it('writes what the rule quotes on every broken fixture', async () => {
  await fill(
    ['fixtures/broken.conf', 'set status disable'],
    ['fixtures/broken.vdom.conf', 'set status disable'],
  );
  const { status, said } = await bash(`npx vitest run test/engine/rules/fixtures.test.ts -u -t ${RULE}`);
  expect(status, said).toBe(0);
  expect(await read(`${FOLDER}/quotes.txt`)).toBe(
    ['broken.conf', 'broken.vdom.conf'].map((file) => `${file}\n  2: set status disable\n`).join('\n'),
  );
});

it('names closed-loop.ts, once, where the device in it is not broken', async () => {
  await complete(CLOSED_LOOP);
  const { status, said } = await bash(
    `npx vitest run --project pure test/closed-loop/closed-loop.sampled.test.ts -t ${RULE} --bail 1`,
  );
  expect(status, said).toBe(1);
  expect(said.match(/AssertionError: test\/engine\/rules\/.*/g), said).toEqual([
    expect.stringContaining(`${CLOSED_LOOP}, “how this device is broken”: \`broken\` makes a device`),
  ]);
});

async function filesOf(): Promise<readonly string[]> {
  const entries = await readdir(join(copy, FOLDER), { recursive: true });
  return [...entries.filter((name) => name.includes('.')).map((name) => `${FOLDER}/${name}`), CLOSED_LOOP];
}

async function countTodos(files: readonly string[]): Promise<number> {
  const texts = await Promise.all(files.map(read));
  return texts
    .flatMap((text) => (text.split('<!-- From rule.ts')[0] ?? '').split('\n'))
    .filter((line) => line.includes('TODO')).length;
}

/** Fixtures with one line of the push service. */
async function fill(...fixtures: readonly (readonly [file: string, line: string])[]): Promise<void> {
  for (const [file, line] of fixtures)
    await write(`${FOLDER}/${file}`, `config system ftm-push\n    ${line}\nend\n`);
}

/** What an author makes of a file: every TODO is gone, and the rule is about `set status disable`. */
async function complete(file: string): Promise<void> {
  const text = (await read(file))
    .replace("String(status.value) === 'TODO: the value that is wrong'", "status.value === 'disable'")
    .replace("'set TODO'", "'set status enable'")
    .replace("'set TODO'", "'set status disable'")
    .replaceAll(/^ *\/\/ TODO.*\n/gm, '')
    .replaceAll(/ *\/\/ TODO.*/g, '')
    .replaceAll('TODO: ', '');
  await write(file, text);
}

function write(file: string, text: string): Promise<void> {
  return writeFile(join(copy, file), text);
}

function read(file: string): Promise<string> {
  return readFile(join(copy, file), 'utf8');
}

function bash(command: string): Promise<{ readonly status: unknown; readonly said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: copy, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } };
    execFile('bash', ['-c', command], options, (error, stdout, stderr) => {
      resolve({ status: error?.code ?? 0, said: stdout + stderr });
    });
  });
}
