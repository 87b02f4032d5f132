import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { ftmCheck } from './test-io.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const CONFIG = sampleConfig('branch-07');
const ESCAPE = '\u001b[';
let folder = '';
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-output-'));
  await writeFile(file('backup.conf'), CONFIG);
  await mkdir(file('case/logs'), { recursive: true });
  await writeFile(file('case/backup.conf'), CONFIG);
  await writeFile(file('case/logs/debug.log'), 'diagnose debug application fnbamd -1\n');
  await writeFile(file('case/logs/empty.log'), '');
  await writeFile(file('case/picture.png'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  await writeFile(file('case/.hidden'), 'config system global\n');
  const tar = pack();
  tar.entry({ name: './backup.conf' }, CONFIG);
  tar.entry({ name: 'logs/debug.log' }, 'diagnose debug application fnbamd -1\n');
  tar.finalize();
  const bytes = await buffer(tar);
  await writeFile(file('case.tar'), bytes);
  await writeFile(file('case.tgz'), gzipSync(bytes));
});
afterAll(() => rm(folder, { recursive: true }));

const sourcesOf = (json: string) =>
  (JSON.parse(json) as { sources: { name: string }[] }).sources.map(({ name }) => name);

describe('analyze takes', () => {
  it('the texts of a folder as one case, and says what it did not read', async () => {
    const ran = await ftmCheck(['analyze', file('case'), '--format', 'json']);
    expect(ran.status).toBe(1);
    expect(sourcesOf(ran.stdout)).toEqual(['backup.conf', 'debug.log']);
    expect(ran.stderr).toMatch(/^Not read: logs\/empty\.log is empty\.\nNot read: picture\.png .*\n$/);
  });

  it.each(['case.tar', 'case.tgz'])('the texts of %s as one case', async (name) => {
    const ran = await ftmCheck(['analyze', file(name), '--format', 'json']);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(sourcesOf(ran.stdout)).toEqual(['backup.conf', 'debug.log']);
  });

  it('a folder beside a file, with names that differ', async () => {
    const ran = await ftmCheck(['analyze', file('case.tgz'), file('backup.conf'), '--format', 'json']);
    expect(sourcesOf(ran.stdout)).toEqual(['backup.conf', 'debug.log', 'backup.conf (2)']);
    expect(ran.stdout).not.toContain(folder);
  });

  it('no folder without a text', async () => {
    await mkdir(file('nothing'));
    expect(await ftmCheck(['analyze', file('nothing')])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/nothing holds no text that can be read/),
    });
  });
});

describe('--output', () => {
  it('takes the answer in place of standard output, without colours', async () => {
    for (const format of ['text', 'json', 'html', 'markdown']) {
      const direct = await ftmCheck(['analyze', file('backup.conf'), '--format', format]);
      await writeFile(file('answer'), 'an earlier, longer one'.repeat(10_000));
      const ran = await ftmCheck([
        'analyze',
        file('backup.conf'),
        '--format',
        format,
        '--output',
        file('answer'),
      ]);
      expect(ran).toEqual({ ...direct, stdout: '' });
      expect(await readFile(file('answer'), 'utf8')).toBe(direct.stdout);
    }
  });

  it('leaves a file as it was where there is no answer', async () => {
    await writeFile(file('kept'), 'an earlier one');
    expect((await ftmCheck(['analyze', '/nowhere', '--output', file('kept')])).status).toBe(2);
    expect(await readFile(file('kept'), 'utf8')).toBe('an earlier one');
    expect((await ftmCheck(['analyze', '/nowhere', '--output', file('none')])).status).toBe(2);
    expect(existsSync(file('none'))).toBe(false);
  });

  it('says why a file cannot be written', async () => {
    expect(await ftmCheck(['analyze', file('backup.conf'), '--output', '/nowhere/x'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/\/nowhere\/x cannot be written: its folder does not exist/),
    });
  });
});

describe('colours', () => {
  it.each<[string[], Record<string, string>, boolean]>([
    [[], {}, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [['--color', 'always'], { NO_COLOR: '1' }, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [['--color', 'auto'], { FORCE_COLOR: '1' }, true],
  ])('with %j and %j', async (args, env, isColoured) => {
    const ran = await ftmCheck(['analyze', file('backup.conf'), ...args], { env });
    expect(ran.stdout.includes(ESCAPE)).toBe(isColoured);
  });
});

const FULL = '/dev/full';
if (!existsSync(FULL)) console.log(`skipped: no ${FULL} on this system`);

describe('standard output that cannot be written', () => {
  const run = (shell: string) => spawnSync('bash', ['-c', shell], { encoding: 'utf8' });
  const analyze = `'${process.execPath}' '${MAIN}' analyze --format json`;

  it.skipIf(!existsSync(FULL))('is reported where no space is left', () => {
    const ran = run(`${analyze} '${file('backup.conf')}' > ${FULL}`);
    expect(ran.stderr).toBe('ftm-check: The output cannot be written: no space is left.\n');
    expect(ran.status).toBe(2);
  });

  it('is no error where the reader has seen enough', () => {
    const ran = run(`${analyze} '${file('backup.conf')}' | head -c 1; exit \${PIPESTATUS[0]}`);
    expect(ran).toMatchObject({ status: 1, stdout: '{', stderr: '' });
  });
});
