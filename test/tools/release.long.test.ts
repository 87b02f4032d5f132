import { execFile } from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedLicences } from '../../scripts/licences.ts';
import { preAuthenticationEncoding } from '../../scripts/release/provenance.ts';
import { releaseNotes } from '../../scripts/release/release-notes.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const VERSION = '9.8.7-rc.1';
const SOURCE = 'https://code.example.com/support/ftm-check';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

let clone = '';
let out = '';
let said = '';

/** A repository of its own with the files of this checkout as they are now. */
beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'ftm-release-test-'));
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  for (const file of stdout.split('\0').filter((each) => each !== '' && !each.startsWith('test/'))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(ROOT, file), join(clone, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  await git('init', '--quiet');
  writeFileSync(join(clone, '.git/info/exclude'), 'node_modules\n*.pem\n');
  await git('add', '--all');
  await git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=all');
  writeFileSync(join(clone, 'release.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const { stdout: lines } = await release(VERSION, '--key', 'release.pem', '--source', SOURCE);
  said = lines;
  out = join(clone, 'dist/release');
}, 300_000);
afterAll(() => rmSync(clone, { recursive: true, force: true }));

const git = (...args: string[]) => run('git', args, { cwd: clone });
const release = (...args: string[]) => run(process.execPath, ['scripts/release.ts', ...args], { cwd: clone });
const unpacked = async (file: string, path: string) =>
  (await run('tar', ['-xzOf', join(out, file), path], { maxBuffer: 64 * 1024 * 1024 })).stdout;

describe('npm run release', () => {
  it('makes every file, and names what it left out and why', () => {
    const files = readdirSync(out);
    expect(files).toContain(`ftm-check-cli-${VERSION}.tgz`);
    expect(files).toContain(`ftm-check-${VERSION}.cdx.json`);
    expect(files).toContain(`ftm-check-${VERSION}.intoto.json`);
    expect(files).toContain(`release-notes-${VERSION}.md`);
    expect(files.includes(`ftm-check-chart-${VERSION}.tgz`)).toBe(!said.includes('No chart: '));
    expect(files.includes(`ftm-check-image-${VERSION}.tar`)).toBe(!said.includes('No image: '));
  });

  it('puts the version into package, chart and bill of materials', async () => {
    const manifest = JSON.parse(await unpacked(`ftm-check-cli-${VERSION}.tgz`, 'package/package.json'));
    expect(manifest).toMatchObject({ name: '@ftm-check/cli', version: VERSION });
    const bill = JSON.parse(readFileSync(join(out, `ftm-check-${VERSION}.cdx.json`), 'utf8'));
    expect(bill.metadata.component).toMatchObject({ version: VERSION });
    expect(bill.components.map(({ name }: { name: string }) => name)).toContain('bullmq');
    expect(bill.components.map(({ name }: { name: string }) => name)).not.toContain('vitest');
    if (said.includes('No chart: ')) return;
    const chart = await unpacked(`ftm-check-chart-${VERSION}.tgz`, 'ftm-check/Chart.yaml');
    expect(chart).toContain(`\nversion: ${VERSION}\n`);
    expect(chart).toContain(`\nappVersion: ${VERSION}\n`);
  });

  it('names the address of the source in package and chart', async () => {
    const manifest = JSON.parse(await unpacked(`ftm-check-cli-${VERSION}.tgz`, 'package/package.json'));
    expect(manifest.repository).toEqual({ type: 'git', url: `git+${SOURCE}.git` });
    if (said.includes('No chart: ')) return;
    const chart = parse(await unpacked(`ftm-check-chart-${VERSION}.tgz`, 'ftm-check/Chart.yaml'));
    expect(chart).toMatchObject({ home: SOURCE, sources: [SOURCE] });
    expect(chart).toMatchObject({ icon: expect.any(String), maintainers: [{ name: expect.any(String) }] });
  });

  it('packs what the program needs, and no source maps, tests or sources', async () => {
    const { stdout } = await run('tar', ['-tzf', join(out, `ftm-check-cli-${VERSION}.tgz`)]);
    const files = stdout
      .trim()
      .split('\n')
      .map((path) => path.replace('package/', ''));
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/src/cli/start.js',
        'dist/man/ftm-check.1',
        'dist/src/cli/page/ftm-check.html',
        'README.md',
      ]),
    );
    expect(files.filter((file) => /\.map$|\.d\.ts$|(?<!\.d)\.ts$|^test\/|\.env/.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(?:log|conf|txt)$/.test(file))).toEqual([
      'dist/src/stand-ins/fortigate/samples/branch-07.conf',
      'dist/src/stand-ins/fortigate/samples/campus.conf',
    ]);
  });

  it('gives checksums that fit', async () => {
    const { stdout } = await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: out });
    expect(stdout.trim().split('\n')).toHaveLength(readdirSync(out).length - 1);
  });

  it('states the commit and the digest of each file, signed', async () => {
    const envelope = JSON.parse(readFileSync(join(out, `ftm-check-${VERSION}.intoto.json`), 'utf8'));
    const payload = Buffer.from(envelope.payload, 'base64');
    const signature = Buffer.from(envelope.signatures[0].sig, 'base64');
    expect(verify(null, preAuthenticationEncoding(payload), publicKey, signature)).toBe(true);
    const statement = JSON.parse(payload.toString('utf8'));
    const { stdout: revision } = await git('rev-parse', 'HEAD');
    expect(statement.predicate.buildDefinition.resolvedDependencies[0].digest.gitCommit).toBe(
      revision.trim(),
    );
    const sums = readFileSync(join(out, 'SHA256SUMS'), 'utf8');
    expect(statement.subject.length).toBeGreaterThan(2);
    for (const { name, digest } of statement.subject) expect(sums).toContain(`${digest.sha256}  ${name}\n`);
  });

  it('changes nothing in the working tree', async () => {
    expect((await git('status', '--porcelain')).stdout).toBe('');
  });

  it.each([
    ['what is no version', ['1.2'], /1\.2 is no version/],
    ['no version', [], /Usage/],
    ['what is no address', [VERSION, '--source', 'ftm-check'], /ftm-check is no address/],
  ])('refuses %s', async (_, args, message) => {
    await expect(release(...args)).rejects.toThrow(message);
  });

  it('refuses changes that are not committed', async () => {
    writeFileSync(join(clone, 'CHANGELOG.md'), '# Changelog\n');
    await expect(release(VERSION)).rejects.toThrow(/Commit or remove these first[\s\S]*CHANGELOG\.md/);
    await git('checkout', '--quiet', 'CHANGELOG.md');
  });
});

describe('release notes', () => {
  const CHANGELOG = '# Changelog\n\n## Unreleased\n\n- new\n\n## 1.0.0 (2026-01-01)\n\n- first\n';

  it.each([
    ['1.0.0', '# ftm-check 1.0.0\n\n- first\n'],
    ['1.1.0', '# ftm-check 1.1.0\n\n- new\n'],
  ])('of %s', (version, notes) => expect(releaseNotes(CHANGELOG, version)).toBe(notes));

  it('are not empty', () => {
    expect(() => releaseNotes('# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n- first\n', '2.0.0')).toThrow(
      'nothing about 2.0.0',
    );
  });
});

it('what is shipped can be listed as a CycloneDX bill of materials', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'sbom'], {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
  });
  const bill = JSON.parse(stdout) as {
    readonly bomFormat: string;
    readonly components: readonly {
      readonly group?: string;
      readonly name: string;
      readonly version: string;
    }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const listed = new Set(
    bill.components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`),
  );
  const shipped = shippedLicences().map(({ name, version }) => `${name}@${version}`);
  expect(shipped.filter((each) => !listed.has(each))).toEqual([]);
});
