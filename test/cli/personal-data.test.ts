import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportSchema } from '../../src/report/documents/export-schema.ts';
import { startTestSystem, type TestSystem } from '../e2e/test-system.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { ftmCheck } from './test-io.ts';

const ALIAS = 'fgt-branch-07';
let redis: TestRedis | undefined;
let system: TestSystem;
beforeAll(async () => {
  redis = await openTestRedis();
  if (!redis) return;
  // With the usual prefix, as the command line looks for it.
  system = await startTestSystem({ redis: { url: redis.url } });
  await system.check(ALIAS);
  await system.answered({ alias: ALIAS });
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await redis?.stop();
});

const call = (...args: readonly string[]) =>
  ftmCheck(args, { env: { REDIS_URL: redis?.url ?? '', FTM_CHECK_AUDIT: 'off' }, now: Date.now() });

describe('forget and export', () => {
  it('print and remove what the bot stored about a device', async ({ skip }) => {
    skip(!redis);
    const exported = await call('export', ALIAS);
    const printed: unknown = JSON.parse(exported.stdout);
    expect(exportSchema.strict().parse(printed)).toEqual(printed);
    expect(printed).toMatchObject({
      schema: 'ftm-check/export@1',
      about: ALIAS,
      records: expect.arrayContaining([
        expect.objectContaining({ kind: 'history', key: `record:history:${ALIAS}` }),
      ]),
    });
    const dry = await call('forget', ALIAS, '--dry-run');
    expect(dry.stdout).toMatch(/^Would remove: \d+ evidence, \d+ history, \d+ jobs, \d+ runs\n$/);
    const done = await call('forget', ALIAS);
    expect(done.status).toBe(0);
    expect(done.stdout).toBe(dry.stdout.replace('Would remove', 'Removed'));
    expect(done.stderr).toContain('the audit trail: each line proves the one before it');
    const again = await call('forget', ALIAS);
    expect(again.stdout).toBe(`Nothing is stored about ${ALIAS}.\n`);
    expect(JSON.parse((await call('export', ALIAS)).stdout)).toMatchObject({ records: [] });
  });
});

it.each([
  [['forget', 'ab'], {}, 2, 'at least three characters'],
  [['forget', 'fgt-1'], {}, 2, 'REDIS_URL is not set'],
  [['export', 'fgt-1'], { REDIS_URL: 'redis://127.0.0.1:1' }, 4, ''],
] as const)('say what is missing: %j with %j', async (args, env, expected, words) => {
  const { status, stderr } = await ftmCheck(args, { env });
  expect(status).toBe(expected);
  expect(stderr).toContain(words);
});
