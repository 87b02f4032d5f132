import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { ftmCheck } from '../test-io.ts';

const JSON_TABLE = ['--format', 'json'];

describe('analyze --each of saved evidence', () => {
  let folder = '';
  let march = '';
  let checked = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ftm-check-saved-'));
    march = join(folder, 'march');
    const broken = await startSimulator({ configText: sampleConfig('branch-07') });
    const fine = await startSimulator({ configText: sampleConfig('campus') });
    const entry = ({ port, fingerprints }: typeof fine) => ({
      address: '127.0.0.1',
      port,
      username: SIMULATED_USER.name,
      password: { env: 'FGT_PASSWORD' },
      hostKeys: fingerprints,
    });
    const inventory = join(folder, 'inventory.yaml');
    const devices = { 'fgt-broken': entry(broken), 'fgt-fine': entry(fine) };
    await writeFile(inventory, JSON.stringify({ devices }));
    const args = ['check', '--all', '--inventory', inventory, '--save-evidence', march, ...JSON_TABLE];
    const env = { FGT_PASSWORD: SIMULATED_USER.password };
    checked = (await ftmCheck(args, { env })).stdout;
    await Promise.all([broken.close(), fine.close()]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const namesOf = (text: string) =>
    (JSON.parse(text) as { readonly cases: readonly { readonly name: string }[] }).cases.map(
      ({ name }) => name,
    );

  it('gives the table of `check --all`, byte for byte', async () => {
    expect(namesOf(checked)).toEqual(['fgt-broken', 'fgt-fine']);
    const { status, stdout } = await ftmCheck(['analyze', '--each', march, ...JSON_TABLE]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: checked });
  });

  it.each([
    ['as they are listed', (names: readonly string[]) => names],
    ['with the texts first', (names: readonly string[]) => names.toReversed()],
  ])('reads an archive of it alike: files %s', async (_, order) => {
    const archive = pack();
    const all = (await readdir(march, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    const paths = order(all.map(({ parentPath, name }) => join(parentPath, name)).toSorted());
    for (const path of paths) archive.entry({ name: `.${path.slice(march.length)}` }, await readFile(path));
    archive.finalize();
    const tar = join(folder, 'march.tar');
    await writeFile(tar, await buffer(archive));
    expect((await ftmCheck(['analyze', '--each', tar, ...JSON_TABLE])).stdout).toBe(checked);
  });

  it.each<[string, (alias: string) => readonly string[]]>([
    ['its folder', (alias) => [alias]],
    ['its file', (alias) => [join(alias, 'evidence.json')]],
    ['its files', (alias) => ['commands.txt', 'evidence.json', 'outputs'].map((name) => join(alias, name))],
  ])('is one case where %s is named', async (_, paths) => {
    const alias = join(march, 'fgt-broken');
    const { stdout } = await ftmCheck(['analyze', '--each', ...paths(alias), ...JSON_TABLE]);
    expect(namesOf(stdout)).toEqual([alias]);
  });

  it('reads what else is in such a folder', async () => {
    const mixed = join(folder, 'mixed');
    await mkdir(join(mixed, 'outputs'), { recursive: true });
    await symlink(join(march, 'fgt-fine/evidence.json'), join(mixed, 'evidence.json'));
    await writeFile(join(mixed, 'outputs/01-get.txt'), 'a text of the evidence');
    await writeFile(join(mixed, 'outputs/backup.conf'), sampleConfig('branch-07'));
    await writeFile(join(mixed, 'backup.conf'), sampleConfig('branch-07'));
    const { stdout } = await ftmCheck(['analyze', '--each', mixed, ...JSON_TABLE]);
    expect(namesOf(stdout)).toEqual(['backup.conf', 'outputs/backup.conf', mixed]);
  });

  it('takes part in a baseline', async () => {
    const baseline = join(folder, 'baseline.json');
    await writeFile(baseline, checked);
    const { status, stdout } = await ftmCheck(['analyze', '--each', march, '--baseline', baseline]);
    expect(status).toBe(0);
    expect(stdout).toContain('Since the baseline: 0 new findings, 0 repaired\n');
  });

  it('says what cannot be read', async () => {
    const damaged = join(folder, 'damaged');
    const text = await readFile(join(march, 'fgt-fine/evidence.json'), 'utf8');
    for (const [name, part] of [
      ['changed', text.replace('"items"', '"things"')],
      ['cut', text.slice(0, text.length / 2)],
    ] as const) {
      await mkdir(join(damaged, name), { recursive: true });
      await writeFile(join(damaged, name, 'evidence.json'), part);
    }
    const { status, stdout } = await ftmCheck(['analyze', '--each', damaged, ...JSON_TABLE]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      cases: [
        { name: 'changed', state: 'failed', headline: 'is not the complete evidence of a check' },
        { name: 'cut', state: 'failed', headline: 'cannot be read as JSON' },
      ],
    });
  });
});
