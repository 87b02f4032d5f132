import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBaseline } from '../../../src/report/documents/cases/baseline.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { ftmCheck } from '../test-io.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const fixture = (path: string) => readFileSync(join(ROOT, 'src/engine/rules', path), 'utf8');
const BROKEN = fixture('port-conflict-admin-https/fixtures/broken.conf');
const LATE = fixture('vpn-wait-too-short/fixtures/broken.log');
const FINE = fixture('shared/fixtures/login-by-push-of-wren.log');

interface Cases {
  readonly cases: readonly { readonly name: string; readonly state: string }[];
}

describe('analyze --each', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-each-'));
  const backups = join(folder, 'backups');
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    mkdirSync(join(backups, 'site-a/.hidden'), { recursive: true });
    mkdirSync(join(backups, '.git'));
    writeFileSync(join(backups, 'site-a/fgt.conf'), BROKEN);
    writeFileSync(join(backups, 'late.log.gz'), gzipSync(LATE));
    writeFileSync(join(backups, 'fine.log'), FINE);
    writeFileSync(join(backups, 'README.md'), 'Backups of the branches.\n');
    writeFileSync(join(backups, 'picture.png'), Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0));
    writeFileSync(join(backups, '.git/HEAD'), BROKEN);
    writeFileSync(join(backups, 'site-a/.hidden/old.conf'), BROKEN);
  });

  async function casesOf(args: readonly string[]): Promise<readonly (readonly [string, string])[]> {
    const { stdout } = await ftmCheck(['analyze', '--each', ...args, '--format', 'json']);
    return statesIn(stdout);
  }
  const statesIn = (json: string) =>
    (JSON.parse(json) as Cases).cases.map(({ name, state }) => [name, state] as const);

  let printed: Promise<string> | undefined;
  /** What is printed of all backups as JSON. */
  const all = () =>
    (printed ??= ftmCheck(['analyze', '--each', backups, '--format', 'json']).then(({ stdout }) => stdout));

  const EXPECTED = [
    ['site-a/fgt.conf', 'broken'],
    ['late.log.gz', 'broken'],
    ['fine.log', 'healthy'],
    ['README.md', 'unrelated'],
    ['picture.png', 'unrelated'],
  ];

  it('reads every file below a folder as a case of its own', async () => {
    expect(statesIn(await all())).toEqual(EXPECTED);
    const { status, stdout, stderr } = await ftmCheck(['analyze', '--each', backups]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^5 files: 2 broken, 1 works, 2 not from a FortiGate\n\n✗ site-a\/fgt\.conf /);
  });

  it('reads a tar archive in gzip alike, and follows none of its links', async () => {
    const archive = pack();
    archive.entry({ name: './site-a/fgt.conf' }, BROKEN);
    archive.entry({ name: 'late.log.gz' }, gzipSync(LATE));
    archive.entry({ name: 'fine.log' }, FINE);
    archive.entry({ name: 'README.md' }, 'Backups of the branches.\n');
    archive.entry({ name: 'picture.png' }, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]));
    archive.entry({ name: '.git/HEAD' }, BROKEN);
    archive.entry({ name: 'site-a/', type: 'directory' });
    archive.entry({ name: 'latest.conf', type: 'symlink', linkname: 'site-a/fgt.conf' });
    archive.entry({ name: '.git/link', type: 'symlink', linkname: 'x' });
    archive.finalize();
    const path = join(folder, 'all.tar.gz');
    writeFileSync(path, gzipSync(await buffer(archive)));
    const { stdout } = await ftmCheck(['analyze', '--each', path, '--format', 'json']);
    expect(statesIn(stdout).filter(([name]) => name !== 'latest.conf')).toEqual(EXPECTED);
    expect((JSON.parse(stdout) as Cases).cases.find(({ name }) => name === 'latest.conf')).toMatchObject({
      state: 'skipped',
      headline: expect.stringMatching(/^A link to site-a\/fgt\.conf: links in archives are not/i) as string,
    });
  });

  it('reads a pipe, which has no size and no second start', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [cases] = await Promise.all([casesOf([pipe]), writeFile(pipe, BROKEN)]);
    expect(cases).toEqual([[pipe, 'broken']]);
  });

  it('follows links to files only, and reports broken ones', async () => {
    const links = join(folder, 'links');
    mkdirSync(links);
    symlinkSync('.', join(links, 'loop'));
    symlinkSync('../backups/site-a', join(links, 'current'));
    symlinkSync('../backups/fine.log', join(links, 'fine.log'));
    symlinkSync('nowhere', join(links, 'lost'));
    expect(await casesOf([links])).toEqual([
      ['lost', 'failed'],
      ['fine.log', 'healthy'],
    ]);
  });

  it('names files by their path where several are named, also what is damaged or not there', async () => {
    const lost = join(folder, 'lost.conf');
    const damaged = join(folder, 'damaged.tgz');
    writeFileSync(damaged, gzipSync(Buffer.alloc(4096, 'x')).subarray(0, 20));
    const named = [lost, damaged, join(backups, 'site-a'), join(backups, 'fine.log')];
    const { stdout } = await ftmCheck(['analyze', '--each', ...named, '--format', 'json']);
    expect((JSON.parse(stdout) as Cases).cases).toMatchObject([
      { name: join(backups, 'site-a/fgt.conf'), state: 'broken' },
      { name: damaged, state: 'failed', headline: 'is damaged and cannot be unpacked' },
      { name: lost, state: 'failed' },
      { name: join(backups, 'fine.log'), state: 'healthy' },
    ]);
  });

  it('fails only because of what a baseline lacks', async () => {
    const before = await all();
    const baseline = join(folder, 'baseline.json');
    writeFileSync(baseline, before);
    expect(readBaseline(before)?.size).toBeGreaterThan(1);
    const same = await ftmCheck(['analyze', '--each', backups, '--baseline', baseline]);
    expect(same.status).toBe(0);
    expect(same.stdout).toContain('Since the baseline: 0 new findings, 0 repaired\n');
    writeFileSync(join(backups, 'more.conf'), BROKEN);
    const more = await ftmCheck(['analyze', '--each', backups, '--baseline', baseline]);
    rmSync(join(backups, 'more.conf'));
    expect(more.status).toBe(1);
    expect(more.stdout).toMatch(/more\.conf +critical +new: The admin page/);
  });

  it('calls a whole backup in order healthy, and has not read a file that is empty, damaged or encrypted', async () => {
    const whole = sampleConfig('campus');
    const path = join(folder, 'mixed');
    mkdirSync(path);
    const files = {
      'whole.conf': whole,
      'cut.conf': whole.slice(0, whole.length / 2),
      'notes.txt': 'Backups of the branches.\n',
      'empty.conf': '',
      'archive.conf': 'PK\u0003\u0004rest',
      'encrypted.conf': '#FGBK|4|FGT60F|7|04|2795|\n\u0000',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
    const { status, stdout } = await ftmCheck(['analyze', '--each', path]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^6 files: 3 not read, 1 not clear, 1 in order, 1 not from a FortiGate\n/);
    const lineOf = (name: string) => stdout.split('\n').find((line) => line.includes(name));
    expect(lineOf('whole.conf')).toMatch(/^✓ whole\.conf /);
    expect(lineOf('cut.conf')).toMatch(/^\? cut\.conf /);
    expect(lineOf('empty.conf')).toContain('is empty');
    expect(lineOf('archive.conf')).toContain('is damaged and cannot be unpacked');
    expect(lineOf('encrypted.conf')).toContain('is an encrypted backup');
  });

  it.each<[string, readonly string[], string]>([
    ['nothing is named', [], 'no file or folder is named'],
    ['a folder is not there', [join(tmpdir(), 'ftm-check-nowhere')], 'does not exist'],
    ['a baseline is none', [folder, '--baseline', join(ROOT, 'package.json')], 'is not a baseline'],
    ['a format is of one case', [folder, '--format', 'slack'], 'cannot be printed as slack'],
  ])('says what is wrong where %s', async (_, args, said) => {
    const { status, stdout, stderr } = await ftmCheck(['analyze', '--each', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  it.each([
    ['--format', 'csv'],
    ['--baseline', 'x.json'],
  ])('needs --each for %s %s', async (...args) => {
    const { status, stderr } = await ftmCheck(['analyze', ...args, join(backups, 'fine.log')]);
    expect(status).toBe(2);
    expect(stderr).toContain('needs `--each`');
  });
});
