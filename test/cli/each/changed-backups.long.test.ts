import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readFixture } from '../../support/rule-fixtures.ts';
import { ftmCheck } from '../test-io.ts';

const BROKEN = readFixture('port-conflict-admin-https/fixtures/broken.conf');
const FINE = readFixture('shared/fixtures/login-by-push-of-wren.log');
const folder = mkdtempSync(join(tmpdir(), 'ftm-check-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('accounts for a backup that was repaired, emptied, cut off, moved, removed or is a pointer', async () => {
  const sites = join(folder, 'sites');
  const one = join(sites, 'one.conf');
  const baseline = join(folder, 'sites.json');
  mkdirSync(sites);
  writeFileSync(one, BROKEN);
  writeFileSync(join(sites, 'fine.log'), FINE);
  writeFileSync(baseline, (await ftmCheck(['analyze', '--each', sites, '--format', 'json'])).stdout);
  const again = () => ftmCheck(['analyze', '--each', sites, '--baseline', baseline]);

  writeFileSync(one, readFixture('port-conflict-admin-https/fixtures/healthy.conf'));
  expect((await again()).stdout).toMatch(/0 new findings, [1-9]\d* repaired\n/);
  writeFileSync(one, BROKEN.slice(0, 200));
  const cut = (await again()).stdout;
  expect(cut).toMatch(/0 repaired, 1 with findings not seen again\n/);
  expect(cut).toMatch(/- `one\.conf` does not show again, and does not exclude: /);
  writeFileSync(one, '');
  const emptied = await again();
  expect(emptied.status).toBe(2);
  expect(emptied.stdout).toMatch(/0 repaired, 1 not read\n/);
  expect(emptied.stdout).toMatch(/^! one\.conf +not read +is empty$/m);
  writeFileSync(one, 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 512\n');
  const pointer = await again();
  expect(pointer.status).toBe(2);
  expect(pointer.stdout).toMatch(/^! one\.conf +not read +is a pointer of Git LFS/m);
  expect(pointer.stdout).toMatch(/- `one\.conf` was not read; it had port-conflict-admin-https/);
  rmSync(one);
  mkdirSync(join(sites, 'lisbon'));
  writeFileSync(join(sites, 'lisbon/one.conf'), BROKEN);
  expect((await again()).stdout).toMatch(
    /0 new findings, 0 repaired, 1 renamed\n[\s\S]*`one\.conf` is now `lisbon\/one\.conf`/,
  );
  rmSync(join(sites, 'lisbon/one.conf'));
  expect((await again()).stdout).toMatch(/- `one\.conf` is not there; it had port-conflict-admin-https/);
});
