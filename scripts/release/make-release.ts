import { type ExecFileOptions, execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findHelm } from '../find-helm.ts';
import { createProvenance, sha256, signedEnvelope } from './provenance.ts';
import { releaseNotes } from './release-notes.ts';

const execute = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

export interface ReleaseOptions {
  readonly version: string;
  /** Folder of the results; what is in it is removed first. */
  readonly out: string;
  /** Private key in PEM that signs the provenance. */
  readonly key?: string | undefined;
  /** Public address of the repository, which package, chart and image then name. */
  readonly source?: string | undefined;
  readonly say: (line: string) => void;
}

/**
 * Makes everything that is published of a version, from the last commit: package, chart, image, bill of materials,
 * release notes, provenance and checksums. The working tree is not changed. Throws if something cannot be made; only a
 * missing Helm or Buildah leaves out its part, and says so.
 */
export async function makeRelease({ version, out, key, source, say }: ReleaseOptions): Promise<void> {
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version))
    throw new Error(`${version} is no version such as 1.4.0.`);
  if (source !== undefined && !/^https:\/\/[^/\s"]+\/[^\s"]+$/.test(source))
    throw new Error(`${source} is no address such as https://code.example.com/ftm-check.`);
  const changed = await run('git', ['status', '--porcelain'], ROOT);
  if (changed !== '')
    throw new Error(`Commit or remove these first, because a release is made from a commit:\n${changed}`);
  const revision = await run('git', ['rev-parse', 'HEAD'], ROOT);
  const stage = mkdtempSync(join(tmpdir(), 'ftm-check-release-'));
  try {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    await stageSource(stage, version);
    if (source === undefined) say('Package, chart and image name no source: no --source was given.');
    else await nameSource(stage, source);
    writeFileSync(
      join(out, `release-notes-${version}.md`),
      releaseNotes(readFileSync(join(stage, 'CHANGELOG.md'), 'utf8'), version),
    );
    await run('npm', ['pack', '--silent', '--pack-destination', out], stage);
    const bill = await run(
      'npm',
      ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'],
      stage,
    );
    writeFileSync(join(out, `ftm-check-${version}.cdx.json`), `${bill}\n`);
    await makeChart(stage, version, out, say);
    await makeImage(stage, { version, revision, source }, out, say);
    const made = listFiles(out);
    const statement = createProvenance(made, {
      version,
      revision,
      lockFile: join(stage, 'package-lock.json'),
    });
    const provenance = key === undefined ? statement : signedEnvelope(statement, readFileSync(key, 'utf8'));
    writeFileSync(join(out, `ftm-check-${version}.intoto.json`), `${JSON.stringify(provenance, null, 2)}\n`);
    if (key === undefined) say('The provenance is not signed: no --key was given.');
    const sums = listFiles(out).map((path) => `${sha256(path)}  ${basename(path)}\n`);
    writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
    say(`${sums.length + 1} files of ${version} (commit ${revision.slice(0, 12)}) are in ${out}`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** The files of the commit with the version in package.json, lock file and chart; the installed packages of this checkout. */
async function stageSource(stage: string, version: string): Promise<void> {
  const archive = join(stage, 'source.tar');
  await run('git', ['archive', '--output', archive, 'HEAD'], ROOT);
  await run('tar', ['-xf', archive, '-C', stage], stage);
  rmSync(archive);
  symlinkSync(join(ROOT, 'node_modules'), join(stage, 'node_modules'));
  await run(
    'npm',
    ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'],
    stage,
  );
  const chart = join(stage, 'helm/ftm-check/Chart.yaml');
  const versioned = readFileSync(chart, 'utf8')
    .replace(/^version: .*$/m, `version: ${version}`)
    .replace(/^appVersion: .*$/m, `appVersion: "${version}"`);
  writeFileSync(chart, versioned);
}

/** The address of the repository in package.json and chart. */
async function nameSource(stage: string, source: string): Promise<void> {
  await run('npm', ['pkg', 'set', 'repository.type=git', `repository.url=git+${source}.git`], stage);
  const chart = join(stage, 'helm/ftm-check/Chart.yaml');
  writeFileSync(chart, `${readFileSync(chart, 'utf8')}home: ${source}\nsources:\n  - ${source}\n`);
}

async function makeChart(
  stage: string,
  version: string,
  out: string,
  say: (line: string) => void,
): Promise<void> {
  const helm = await findHelm();
  if (helm === undefined) return say('No chart: there is no Helm.');
  const chart = join(stage, 'helm/ftm-check');
  await run(
    helm,
    ['package', chart, '--version', version, '--app-version', version, '--destination', out],
    stage,
  );
  // The package of npm and the chart would have the same name otherwise.
  const made = join(out, `ftm-check-${version}.tgz`);
  if (!existsSync(made)) throw new Error(`Helm has not written ${made}`);
  renameSync(made, join(out, `ftm-check-chart-${version}.tgz`));
}

async function makeImage(
  stage: string,
  { version, revision, source }: { version: string; revision: string; source: string | undefined },
  out: string,
  say: (line: string) => void,
): Promise<void> {
  const buildah = await run('buildah', ['--version'], stage).catch(() => undefined);
  if (buildah === undefined) return say('No image: buildah is not on PATH (Debian: buildah).');
  const base = process.env.NODE_IMAGE;
  const labels = [
    `VERSION=${version}`,
    `REVISION=${revision}`,
    ...(source === undefined ? [] : [`SOURCE=${source}`]),
    ...(base === undefined ? [] : [`NODE_IMAGE=${base}`]),
  ];
  const name = `localhost/ftm-check:${version}`;
  const build = [
    'build',
    '--quiet',
    '--layers=false',
    '--timestamp=0',
    ...labels.flatMap((each) => ['--build-arg', each]),
  ];
  // The installed packages of this checkout are a link, which a build context must not follow.
  rmSync(join(stage, 'node_modules'));
  await run('buildah', [...build, '--tag', name, '.'], stage);
  await run(
    'buildah',
    ['push', '--quiet', name, `oci-archive:${join(out, `ftm-check-image-${version}.tar`)}`],
    stage,
  );
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name));
}

/** Standard output without the line break at its end. A failure holds what the program said. */
async function run(file: string, args: readonly string[], cwd: string): Promise<string> {
  const options: ExecFileOptions = { cwd, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await execute(file, args, { ...options, encoding: 'utf8' });
  return stdout.trimEnd();
}
