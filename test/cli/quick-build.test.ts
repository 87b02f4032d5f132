import { type ExecFileException, execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { twoUsersLog } from '../fixtures/logs/two-users.ts';
import { zipOf } from '../support/zip.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RULES = 'src/rules';
const DENIED = `${RULES}/push-denied-by-user/fixtures/broken.log`;
const BACKUP = `${RULES}/admin-trusthost-blocks-callback/fixtures/broken.full-configuration.conf`;
/** Says a word that stands in every text answer with a finding. */
const SOURCE = 'src/report/text/finding.ts';

const run = promisify(execFile);

/** A checkout of its own, with what this one holds. */
let checkout: string;
let quick: string;
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'ftm-check-quick-'));
  quick = join(checkout, 'dist/quick');
  for (const name of ['src', 'handlers']) {
    await cp(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  await cp(join(ROOT, 'package.json'), join(checkout, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  await writeFile(join(checkout, 'empty.log'), '');
  await writeFile(join(checkout, 'binary.log'), Buffer.from([0, 1, 2, 3, 0, 255]));
  await writeFile(
    join(checkout, 'utf16.log'),
    Buffer.from(`\ufeff${twoUsersLog(1).join('\r\n')}`, 'utf16le'),
  );
  await writeFile(join(checkout, 'mailed.log.gz'), gzipSync(twoUsersLog(1).join('\n')));
  await writeFile(join(checkout, 'cut.log.gz'), gzipSync(twoUsersLog(1).join('\n')).subarray(0, 500));
  await writeFile(
    join(checkout, 'mailed.zip'),
    zipOf([{ name: 'login.log', content: twoUsersLog(1).join('\n') }]),
  );
  const log = `${twoUsersLog(40).join('\n')}\n`;
  await writeFile(join(checkout, 'long.log'), log.repeat(Math.ceil((17 << 20) / log.length)));
}, 60_000);
afterAll(() => rm(checkout, { recursive: true }));

async function build(): Promise<void> {
  await run(process.execPath, [join(checkout, 'src/cli/write-quick.mjs')]);
}

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function ftmCheck(args: readonly string[], stdin = ''): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [join(checkout, 'src/cli/launch.cjs'), ...args],
      { cwd: checkout, env: { PATH: process.env.PATH ?? '' }, maxBuffer: 1 << 26 },
      (error: ExecFileException | null, stdout, stderr) => {
        done({ status: Number(error?.code ?? 0), stdout, stderr });
      },
    );
    child.stdin?.end(stdin);
  });
}

/** The folder of the newest build. */
async function newest(): Promise<string> {
  return join(quick, await readFile(join(quick, 'current'), 'utf8'));
}

const MARK = 'this is the build';

/** From now on the build says that it was asked. */
async function markBuild(): Promise<void> {
  const text = `(function (exports) { exports.quick = async () => { console.log('${MARK}'); }; })`;
  const folder = await newest();
  for (const name of await readdir(folder)) if (name.startsWith('quick.js.')) await rm(join(folder, name));
  await writeFile(join(folder, 'quick.js'), text);
}

describe('the build of the analysis', () => {
  const COMMANDS: readonly (readonly [string, readonly string[], string?])[] = [
    ['a log', ['analyze', DENIED]],
    ['a backup', ['analyze', BACKUP]],
    ['several files', ['analyze', DENIED, BACKUP, DENIED]],
    ['as Slack shows it', ['analyze', BACKUP, '--format', 'slack']],
    ['as JSON', ['analyze', BACKUP, '--format', 'json']],
    ['standard input', ['analyze'], twoUsersLog(3).join('\n')],
    ['standard input among files', ['analyze', BACKUP, '-'], twoUsersLog(3).join('\r\n')],
    ['UTF-16', ['analyze', 'utf16.log']],
    ['gzip', ['analyze', 'mailed.log.gz']],
    ['gzip that was cut', ['analyze', 'cut.log.gz']],
    ['zip', ['analyze', 'mailed.zip']],
    ['a long log', ['analyze', 'long.log']],
    ['nothing at all', ['analyze']],
    ['nothing to find', ['analyze', 'package.json']],
    ['a missing file', ['analyze', DENIED, 'none.log']],
    ['a folder', ['analyze', 'src']],
    ['an empty file', ['analyze', 'empty.log']],
    ['a binary file', ['analyze', 'binary.log']],
    ['an unknown format', ['analyze', DENIED, '--format', 'xml']],
    ['help', ['analyze', '--help']],
    ['rules', ['rules']],
    ['account', ['account', '--fortios', '7.4.8']],
    ['the version', ['--version']],
  ];

  it('answers byte for byte as the sources do', async () => {
    await rm(quick, { recursive: true, force: true });
    const sources: Ran[] = [];
    for (const [, args, stdin] of COMMANDS) sources.push(await ftmCheck(args, stdin));
    await build();
    for (const [index, [name, args, stdin]] of COMMANDS.entries()) {
      expect(await ftmCheck(args, stdin), name).toEqual(sources[index]);
    }
    expect(new Set(sources.map(({ status }) => status))).toEqual(new Set([0, 1, 2, 3]));
  }, 120_000);

  it('needs no library', async () => {
    await build();
    for (const name of ['quick.js', 'case-thread.js', 'case-worker.js']) {
      const text = await readFile(join(await newest(), name), 'utf8');
      const wanted = [...text.matchAll(/\brequire\("([^"]+)"\)|^import .* from "([^"]+)"/gm)];
      const names = wanted.map(([, required, imported]) => required ?? imported ?? '');
      expect(
        names.filter((each) => !isBuiltin(each) && !each.startsWith('.')),
        name,
      ).toEqual([]);
    }
  });

  it('keeps what V8 compiled, and does without it when it is broken', async () => {
    await build();
    const folder = await newest();
    const kept = (await readdir(folder)).filter((name) => name.startsWith('quick.js.'));
    expect(kept).toHaveLength(1);
    const file = join(folder, kept[0] ?? '');
    const answer = await ftmCheck(['analyze', DENIED]);
    await writeFile(file, 'not of V8');
    expect(await ftmCheck(['analyze', DENIED])).toEqual(answer);
    expect((await stat(file)).size).toBeGreaterThan(100_000);
    expect(await ftmCheck(['analyze', DENIED])).toEqual(answer);
  });
});

describe('in a checkout the build', () => {
  const source = () => join(checkout, SOURCE);
  let original: string;
  beforeEach(async () => {
    original ??= await readFile(source(), 'utf8');
    await writeFile(source(), original);
    await build();
    await markBuild();
  });

  async function answer(): Promise<string> {
    return (await ftmCheck(['analyze', DENIED])).stdout;
  }

  it('answers while the sources are those it was made of', async () => {
    expect(await answer()).toContain(MARK);
  });

  it('answers when a file was only touched', async () => {
    await utimes(source(), new Date(), new Date());
    expect(await answer()).toContain(MARK);
  });

  it('never answers for a source that has changed, not even by a letter and with its old times', async () => {
    const { atime, mtime } = await stat(source());
    await writeFile(source(), original.replace("'Evidence'", "'EVIDENCE'"));
    await utimes(source(), atime, mtime);
    const changed = await answer();
    expect(changed).toContain('EVIDENCE');
    expect(changed).not.toContain(MARK);
    await build();
    expect(await answer()).toBe(changed);
    await writeFile(source(), original);
    expect(await answer()).toContain('Evidence');
  });

  it('never answers for a source that is gone', async () => {
    await rm(source());
    expect(await ftmCheck(['analyze', DENIED])).toMatchObject({ status: 4, stdout: '' });
  });

  it.each(['inputs.json', 'quick.js'])('is not needed where a loss of power has emptied %s', async (name) => {
    await writeFile(join(await newest(), name), '');
    expect(await answer()).toContain('Evidence');
  });

  it('is not needed', async () => {
    await rm(quick, { recursive: true });
    expect(await answer()).toContain('Evidence');
  });
});

describe('where there are no sources', () => {
  let installed: string;
  beforeAll(async () => {
    installed = await mkdtemp(join(tmpdir(), 'ftm-check-installed-'));
    await build();
    await markBuild();
    await cp(quick, join(installed, 'dist/quick'), { recursive: true });
    await rm(join(installed, 'dist/quick', basename(await newest()), 'inputs.json'));
  });
  afterAll(() => rm(installed, { recursive: true }));

  it.each([
    ['the package', 'src/cli'],
    ['the image', 'dist/src/cli'],
  ])('%s runs the build', async (_, place) => {
    for (const name of ['launch.cjs', 'quick-build.cjs']) {
      await cp(join(checkout, 'src/cli', name), join(installed, place, name));
    }
    const { stdout } = await run(process.execPath, [
      join(installed, place, 'launch.cjs'),
      'analyze',
      'any.log',
    ]);
    expect(stdout).toContain(MARK);
  });
});
