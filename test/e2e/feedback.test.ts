import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedbackService } from '../../src/app/feedback.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { Metrics } from '../../src/platform/observe/metrics.ts';
import { openBackend } from '../../src/platform/queue/open-backend.ts';
import type { FeedbackReport } from '../../src/platform/runs/feedback-report.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { ftmCheck } from '../cli/test-io.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const OPS = 'C0OPS';
const OPS_CHANNEL = { id: OPS, name: 'ops' };

let redis: TestRedis | undefined;
let folder: string;
beforeAll(async () => {
  redis = await openTestRedis();
  folder = await mkdtemp(join(tmpdir(), 'ftm-feedback-'));
});
afterAll(async () => {
  await redis?.stop();
  await rm(folder, { recursive: true });
});

describe('an answer that did not help', () => {
  let system: TestSystem;
  let run: Run;
  const env = () => ({ REDIS_URL: redis?.url ?? '', FTM_CHECK_AUDIT: 'off' });
  const ops = () => system.slack.messages(OPS).map(({ text }) => text);

  beforeAll(async () => {
    if (!redis) return;
    // With the usual prefix, as the command line looks for it.
    system = await startTestSystem({ redis: { url: redis.url }, channels: [OPS_CHANNEL], opsChannel: OPS });
    await system.check('fgt-branch-07');
    [run] = (await system.answered({ alias: 'fgt-branch-07' })) as [Run];
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  async function say(user: string, reason: string, comment: string): Promise<void> {
    const before = system.slack.views().length;
    await system.slack.action({
      user,
      channel: SUPPORT,
      ts: run.answerTs ?? '',
      action: { type: 'button', action_id: 'ftm_not_helpful', value: run.id },
    });
    const form = await system.slack.until(() => system.slack.views()[before]);
    const values = {
      reason: { reason: { selected_option: { value: reason } } },
      comment: { comment: { value: comment } },
    };
    await system.slack.submit({ user, viewId: form.id, values });
  }

  it('reaches the operations channel, with a link and without secrets', async ({ skip }) => {
    skip(!redis);
    await say(ANA, 'wrong', 'it was the NAT\nset password Hunter2Hunter2');
    await until(() => ops().length === 1, 'the notice is there');
    const [text = ''] = ops();
    expect(text).toContain('not helpful (wrong)');
    expect(text).toContain(`About \`fgt-branch-07\`, said by <@${ANA}>, <https://`);
    expect(text).toContain('> it was the NAT');
    expect(text).toContain(`\`ftm-check feedback export ${run.id}\``);
    expect(JSON.stringify([ops(), system.log])).not.toContain('Hunter2Hunter2');
    await say(BEN, 'unclear', '');
    await until(() => ops().length === 2, 'the second notice is there');
  });

  it('is listed by the command line', async ({ skip }) => {
    skip(!redis);
    const { status, stdout, stderr } = await ftmCheck(['feedback'], { env: env() });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(run.id);
    expect(stdout).toMatch(/fgt-branch-07 · broken · admin-trusthost-blocks-callback/);
    expect(stdout).toMatch(/wrong \(U0ANA\): it was the NAT/);
    expect(stdout).toContain('unclear (U0BEN)');
    const { stdout: json } = await ftmCheck(['feedback', '--json'], { env: env() });
    const [report] = JSON.parse(json) as readonly FeedbackReport[];
    expect(report).toMatchObject({ runId: run.id, verdict: 'broken', hasEvidence: true, channel: SUPPORT });
    expect(report?.entries.map(({ reason }) => reason)).toEqual(['wrong', 'unclear']);
    expect(json).not.toContain('Hunter2Hunter2');
  });

  it('is listed with the customer and site of its device', async ({ skip }) => {
    skip(!redis);
    const inventory = join(folder, 'inventory.yaml');
    const device = { address: '192.0.2.7', customer: 'heron', site: 'harbour' };
    const defaults = { username: 'ftm-check', password: { env: 'FGT_PASSWORD' } };
    await writeFile(inventory, JSON.stringify({ defaults, devices: { 'fgt-branch-07': device } }));
    const asked = ['feedback', '--inventory', inventory];
    const { stdout } = await ftmCheck(asked, { env: env() });
    expect(stdout).toContain('fgt-branch-07 · heron · harbour · broken');
    const { stdout: json } = await ftmCheck([...asked, '--json'], { env: env() });
    expect(JSON.parse(json)).toMatchObject([{ runId: run.id, customer: 'heron', site: 'harbour' }]);
  });

  it('is exported as files that give the answer again', async ({ skip }) => {
    skip(!redis);
    const out = join(folder, 'exported');
    const { status, stdout } = await ftmCheck(['feedback', 'export', run.id, '--out', out], { env: env() });
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([join(out, 'session.txt'), join(out, 'feedback.json')]);
    expect(JSON.parse(await readFile(join(out, 'feedback.json'), 'utf8'))).toMatchObject({ runId: run.id });
    const analyzed = await ftmCheck(['analyze', '--format', 'json', join(out, 'session.txt')]);
    const { findings } = JSON.parse(analyzed.stdout) as Diagnosis;
    const outcome = (await system.backend.runs.get(run.id))?.outcome;
    expect(findings[0]?.rule).toBe(outcome?.kind === 'diagnosed' ? outcome.diagnosis.findings[0]?.rule : '');
    const again = await ftmCheck(['feedback', 'export', run.id, '--out', out], { env: env() });
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('does not exist yet');
  });

  it.each([
    [['feedback', 'export', 'run-unknown'], 'no feedback about "run-unknown"'],
    [['feedback', 'export', '../x'], 'no feedback about'],
  ])('is refused where there is none: %j', async (args, words) => {
    if (!redis) return;
    const { status, stderr } = await ftmCheck(args, { env: env() });
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});

it.each([
  [{}, 'REDIS_URL is not set'],
  [{ REDIS_URL: 'http://x' }, 'REDIS_URL'],
])('says what is missing: %j', async (env, words) => {
  const { status, stderr } = await ftmCheck(['feedback'], { env });
  expect(status).toBe(2);
  expect(stderr).toContain(words);
});

it('says that Redis does not answer', async () => {
  const { status } = await ftmCheck(['feedback'], { env: { REDIS_URL: 'redis://127.0.0.1:1' } });
  expect(status).toBe(4);
});

it('has one summary, whatever number of workers there are', async ({ skip }) => {
  skip(!redis);
  if (!redis) return;
  await using opened = new AsyncDisposableStack();
  const { url, prefix } = redis;
  const posts: string[] = [];
  const start = async (opsChannel?: string) => {
    const backend = await openBackend({ redis: { url }, prefix, log: silentLogger });
    opened.defer(() => backend.close(0));
    const service = createFeedbackService({
      config: { opsChannel, opsTeam: undefined, feedbackMs: 90 * 24 * 3_600_000 },
      backend,
      client: () => ({ apiCall: async (_, { text }) => void posts.push(String(text)) }),
      metrics: new Metrics(),
      logger: silentLogger,
      summaryPattern: '* * * * * *',
    });
    await service.work();
    return { service, backend };
  };
  const silent = await start();
  const run: Run = {
    id: 'run-of-summary',
    asker: { id: ANA },
    replyTo: { channel: SUPPORT },
    acceptedAt: 1,
    kind: 'analyze',
    outcome: { kind: 'failed', code: 'ftm_internal', message: 'An internal error.' },
  };
  await silent.service.record(run, { user: ANA, reason: 'other', comment: 'hm', at: Date.now() });
  const { backend } = await start(OPS);
  await start(OPS);
  await start(OPS);
  await until(() => posts.length > 0, 'the summary is there');
  const version = async () => (await backend.records.get('feedback-summary'))?.version ?? 0;
  const first = await version();
  await until(async () => (await version()) >= first + 2, 'two more times have passed');
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatch(/^\*1 answer in the last 7 days was not helpful\* \(other reason 1\)/);
});
