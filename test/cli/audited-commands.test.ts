import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import { SIMULATED_USER } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ANA, SUPPORT, startTestSystem, type TestSystem } from '../e2e/test-system.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { ftmCheck } from './test-io.ts';

const ALIAS = 'fgt-branch-07';
let redis: TestRedis | undefined;
let system: TestSystem;
let folder: string;
let run: Run;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-acts-'));
  redis = await openTestRedis();
  if (!redis) return;
  // With the usual prefix, as the command line looks for it.
  system = await startTestSystem({ redis: { url: redis.url } });
  await system.check(ALIAS);
  [run] = (await system.answered({ alias: ALIAS })) as [Run];
  const action = { type: 'button', action_id: 'ftm_not_helpful', value: run.id };
  await system.slack.action({ user: ANA, channel: SUPPORT, ts: run.answerTs ?? '', action });
  const form = await system.slack.until(() => system.slack.views().at(-1));
  const values = {
    reason: { reason: { selected_option: { value: 'wrong' } } },
    comment: { comment: { value: '' } },
  };
  await system.slack.submit({ user: ANA, viewId: form.id, values });
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await redis?.stop();
  await rm(folder, { recursive: true });
});

const call = (audit: string, ...args: readonly string[]) =>
  ftmCheck(args, { env: { REDIS_URL: redis?.url ?? '', FTM_CHECK_AUDIT: audit }, now: Date.now() });

it.each([
  ['replay', 'replay', () => [run.id]],
  ['export', 'export', () => [ALIAS]],
  ['feedback', 'export feedback', () => ['export', run.id, '--out', join(folder, 'case')]],
  ['forget', 'forget', () => [ALIAS]],
] as const)('%s is on the audit trail before it is done', async (command, verb, args) => {
  if (!redis) return;
  const trail = join(folder, `trail-${command}`);
  const { status, stderr } = await call(trail, command, ...args());
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  const [name = ''] = await readdir(trail);
  const text = await readFile(join(trail, name), 'utf8');
  expect(text).toContain(`"event":"person.acted"`);
  expect(text).toContain(`"verb":"${verb}","way":"terminal"`);
  expect(text).toMatch(/"user":"terminal:[^"]+"/);
  // What is to be forgotten does not stay.
  expect(text).not.toContain(ALIAS);
  expect((await ftmCheck(['audit', 'verify', trail])).status).toBe(0);
});

it('does nothing where it cannot be recorded', async () => {
  if (!redis) return;
  const { status, stdout } = await call('/dev/null/audit', 'export', ALIAS);
  expect([status, stdout]).toEqual([2, '']);
});

it('a check from a terminal keeps no trail', async () => {
  if (!redis) return;
  const inventory = join(folder, 'inventory.yaml');
  const { port, fingerprints } = system.simulator;
  const device = `{ address: 127.0.0.1, port: ${port}, username: ${SIMULATED_USER.name}, password: { env: P }, hostKeys: ["${fingerprints[0]}"] }`;
  await writeFile(inventory, `devices:\n  fgt: ${device}\n`);
  const audit = join(folder, 'trail-check');
  const env = { P: SIMULATED_USER.password, FTM_CHECK_AUDIT: audit };
  const { stdout } = await ftmCheck(['check', 'fgt', '--inventory', inventory], { env });
  expect(stdout).toContain('fgt');
  expect(await readdir(folder)).not.toContain('trail-check');
});
