import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import { replaySchema } from '../../src/report/documents/changes/replay-schema.ts';
import { ftmCheck } from '../cli/test-io.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const A_YEAR_LATER = Date.UTC(2027, 10, 1);
const folder = await mkdtemp(join(tmpdir(), 'ftm-check-replay-'));
let redis: TestRedis | undefined;
let system: TestSystem;
let run: Run | undefined;

beforeAll(async () => {
  redis = await openTestRedis();
  if (!redis) return;
  // With the usual prefix, as the command line looks for it.
  system = await startTestSystem({ redis: { url: redis.url } });
  await system.check('fgt-branch-07');
  [run] = await system.answered({ alias: 'fgt-branch-07' });
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await redis?.stop();
  await rm(folder, { recursive: true });
});

const replay = (...args: readonly string[]) =>
  ftmCheck(['replay', ...args], {
    env: { REDIS_URL: redis?.url ?? '', FTM_CHECK_AUDIT: 'off' },
    now: A_YEAR_LATER,
  });

describe('replay', () => {
  it('gives the diagnosis of a device check again, byte for byte', async ({ skip }) => {
    skip(!redis);
    const { status, stdout, stderr } = await replay(run?.id ?? '');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const json = await replay(run?.id ?? '', '--json');
    const printed: unknown = JSON.parse(json.stdout);
    expect(replaySchema.strict().parse(printed)).toEqual(printed);
    expect(printed).toMatchObject({ run: run?.id, same: true });
    expect(stdout).toMatch(/^\S+: the same diagnosis, byte for byte \(ftm-check \S+ then, \S+ now\)\.\n$/);
  });

  it('says which rules changed it', async ({ skip }) => {
    skip(!redis);
    if (run?.outcome?.kind !== 'diagnosed') throw new Error('there is no diagnosis');
    const { diagnosis } = run.outcome;
    const [finding] = diagnosis.findings;
    if (finding === undefined) throw new Error('nothing was found');
    const { runs } = system.backend;
    const another = {
      ...run.outcome,
      diagnosis: {
        ...diagnosis,
        headline: 'Something else',
        findings: [{ ...finding, rule: 'an-old-rule' }],
        checks: diagnosis.checks.map((check) =>
          check.rule === 'push-disabled' ? { ...check, verdict: 'unknown' as const } : check,
        ),
      },
    };
    await runs.update(run.id, { outcome: another });
    const { status, stdout } = await replay(run.id);
    expect(status).toBe(1);
    expect(stdout).toContain(': another diagnosis because of 3 rules (ftm-check ');
    expect(stdout).toContain(`\n  New finding: ${finding.title} (${finding.rule})\n`);
    expect(stdout).toContain(`\n  No finding any more: ${finding.title} (an-old-rule)\n`);
    expect(stdout).toContain('\n  Other verdict: push-disabled was unknown, and is healthy\n');
    expect(stdout).toContain('\n  Other parts that differ: headline\n');
    const json = await replay(run.id, '--json');
    const printed: unknown = JSON.parse(json.stdout);
    expect(replaySchema.strict().parse(printed)).toEqual(printed);
    expect(printed).toMatchObject({
      schema: 'ftm-check/replay@1',
      same: false,
      difference: { added: [{ rule: finding.rule }], removed: [{ rule: 'an-old-rule' }] },
    });
    await runs.update(run.id, { outcome: run.outcome });
  });

  it('saves a regression case that gives the same again', async ({ skip }) => {
    skip(!redis);
    const place = join(folder, 'case');
    const { status } = await replay(run?.id ?? '', '--save-fixture', place);
    expect(status).toBe(0);
    const repeated = await ftmCheck(['analyze', place, '--format', 'json'], { now: A_YEAR_LATER });
    expect(repeated.stdout).toBe(await readFile(join(place, 'diagnosis.json'), 'utf8'));
    const fixtures = join(place, 'admin-trusthost-blocks-callback', 'fixtures');
    const [name = ''] = await readdir(fixtures);
    expect(name).toMatch(/^broken\.[A-Za-z0-9-]+\.txt$/);
    const fixture = await ftmCheck(['analyze', join(fixtures, name), '--format', 'json']);
    expect(JSON.parse(fixture.stdout)).toMatchObject({
      checks: expect.arrayContaining([
        expect.objectContaining({ rule: 'admin-trusthost-blocks-callback', verdict: 'broken' }),
      ]),
    });
    expect((await replay(run?.id ?? '', '--save-fixture', place)).status).toBe(2);
  });

  it('gives the diagnosis of a pasted log again', async ({ skip }) => {
    skip(!redis);
    const log = await readFile(
      new URL('../../src/engine/rules/push-disabled/fixtures/broken.default.conf', import.meta.url),
      'utf8',
    );
    const { message } = await system.slack.mention({
      user: ANA,
      channel: SUPPORT,
      text: `\`\`\`${log}\`\`\``,
    });
    const [pasted] = await system.answered({ thread: message.ts });
    const { status, stdout } = await replay(pasted?.id ?? '');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('the same diagnosis') });
  });

  it('gives the diagnosis of a device of a group again', async ({ skip }) => {
    skip(!redis);
    await system.check('all');
    const { runs } = system.backend;
    let group: Run | undefined;
    await until(async () => {
      group = (await runs.byAsker(ANA, 20)).find(({ kind }) => kind === 'group');
      return group?.answeredAt !== undefined;
    }, 'the group is answered');
    const { status, stdout } = await replay(`${group?.id}.0`);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('the same diagnosis, byte for byte'),
    });
    expect((await replay(`${group?.id}.99`)).stderr).toContain('There is no run');
  });

  it.each([['run-none', 'There is no run "run-none"']])('says what is missing for %s', async (id, words) => {
    const { status, stderr } = await replay(id);
    expect(status).toBe(2);
    if (redis) expect(stderr).toContain(words);
  });

  it('says so where the evidence is gone', async ({ skip }) => {
    skip(!redis);
    await system.backend.records.remove(`case:${run?.id}`);
    const { status, stderr } = await replay(run?.id ?? '');
    expect(status).toBe(2);
    expect(stderr).toContain('is not stored, or no longer');
  });
});
