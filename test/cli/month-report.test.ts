import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTestSystem } from '../e2e/test-system.ts';
import { openTestRedis } from '../support/redis.ts';
import { ftmCheck } from './test-io.ts';

const ALIAS = 'fgt-branch-07';

it('`report` prints the checks of a customer in a month, and of no other one', async ({
  skip,
  onTestFinished,
}) => {
  const redis = await openTestRedis();
  skip(redis === undefined);
  onTestFinished(() => redis?.stop());
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-report-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const url = redis?.url ?? '';
  // With the usual prefix, as the command line looks for it.
  await using system = await startTestSystem({ redis: { url } });
  await system.check(ALIAS);
  await system.answered({ alias: ALIAS });
  const inventory = join(folder, 'inventory.yaml');
  const device = { username: 'audit', password: { env: 'P' } };
  await writeFile(
    inventory,
    JSON.stringify({
      devices: {
        [ALIAS]: { ...device, address: '192.0.2.7', customer: 'Northwind' },
        'fgt-other': { ...device, address: '192.0.2.8', customer: 'Contoso' },
      },
    }),
  );
  const month = new Date().toISOString().slice(0, 7);
  const report = (...args: readonly string[]) =>
    ftmCheck(['report', ...args, '--month', month, '--inventory', inventory], {
      env: { REDIS_URL: url, FTM_CHECK_AUDIT: 'off' },
      now: Date.now(),
    });
  const own = await report('customer:Northwind', '--format', 'csv');
  expect(own).toMatchObject({ status: 0, stdout: expect.stringContaining(`Northwind,,${ALIAS},1,`) });
  const other = await report('customer:Contoso');
  expect(other.stdout).toContain('1 device, 0 checks');
  expect(other.stdout).not.toContain(ALIAS);
  expect(await report('customer:Nobody')).toMatchObject({ status: 2 });
});
