import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../src/platform/queue/bullmq-queue.ts';
import type { JobQueue } from '../../src/platform/queue/job-queue.ts';
import { jobsOfVersionBefore } from '../platform/runs/jobs-of-version-before.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, SUPPORT, startTestSystem } from './test-system.ts';

/** What the version before left in Redis and in Slack, byte for byte as it wrote it, is finished by this one. */

let server: TestRedis | undefined;
let place: { readonly url: string; readonly prefix: string };
let before: JobQueue<unknown, unknown>;
let nth = 0;

beforeAll(async () => {
  server = await openTestRedis();
});
afterAll(() => server?.stop());
beforeEach(() => {
  if (server === undefined) return;
  nth += 1;
  place = { url: server.url, prefix: `${server.prefix}-before-${nth}` };
  before = createBullmqQueue({ ...place, log: silentLogger });
});
afterEach(() => before?.close(0));

it('drains its queue: each request gets one answer, and nobody else gets one', async ({ skip }) => {
  skip(server === undefined);
  const jobs = jobsOfVersionBefore(SUPPORT, Date.now());
  for (const { id, lane, json } of jobs) await before.enqueue({ id, data: JSON.parse(json), lane });
  await using system = await startTestSystem({ redis: place });
  const ended = async () => {
    const states = await Promise.all(jobs.map(({ id }) => before.state(id)));
    return states.every((state) => state === 'completed');
  };
  await until(ended, 'all jobs are completed', 30_000);
  const answers = [
    'run-check',
    'run-analysis',
    'run-late',
    'run-lost',
    'run-withdrawn',
    'debug.fgt-hq.1',
    'self-check.1',
  ];
  const runs = await Promise.all(answers.map((id) => system.backend.runs.get(id)));
  const outcomes = runs.map(
    (run) => run?.answeredAt && (run.outcome?.kind === 'failed' ? run.outcome.code : run.outcome?.kind),
  );
  // `fgt-hq` has no pinned host key here; it is a check of the device all the same.
  expect(outcomes).toEqual([
    expect.stringMatching(/^ftm_(host_key|live|not_allowed)/),
    'diagnosed',
    'ftm_internal',
    'ftm_internal',
    undefined,
    undefined,
    undefined,
  ]);
});

it('answers in the placeholder that it posted, and takes the press of a button under its answer', async ({
  skip,
}) => {
  skip(server === undefined);
  await using system = await startTestSystem({ redis: place });
  const post = async (args: Record<string, unknown>): Promise<string> => {
    const response = await fetch(`${system.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${system.slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: SUPPORT, ...args }),
    });
    return String(((await response.json()) as { ts: unknown }).ts);
  };
  const mark = (role: string) => ({ event_type: 'ftm_check_run', event_payload: { run_id: 'run-1', role } });
  const root = await post({ text: '*Ana* asked for `fgt-branch-07`', metadata: mark('root') });
  const placeholder = await post({
    text: 'Checking fgt-branch-07 …',
    thread_ts: root,
    metadata: mark('answer'),
  });
  const at = Date.now();
  const redis = new Redis(place.url);
  await redis.hset(`${place.prefix}:run:run-1`, {
    base: `{"id":"run-1","asker":{"id":"${ANA}","name":"Ana"},"replyTo":{"channel":"${SUPPORT}"},"acceptedAt":${at},"kind":"check","alias":"fgt-branch-07"}`,
    opening: '1',
  });
  await redis.quit();
  const json = `{"runId":"run-1","asker":{"id":"${ANA}","name":"Ana"},"replyTo":{"channel":"${SUPPORT}"},"acceptedAt":${at},"request":{"kind":"check","alias":"fgt-branch-07"}}`;
  await before.enqueue({
    id: 'run-1',
    lane: 'fgt-branch-07',
    joinKey: '["fgt-branch-07",null,null]',
    data: JSON.parse(json),
  });
  await until(
    async () => (await system.backend.runs.get('run-1'))?.answeredAt !== undefined,
    'it is answered',
  );
  expect(await system.backend.runs.get('run-1')).toMatchObject({ rootTs: root, answerTs: placeholder });
  expect(
    system.slack.thread(SUPPORT, root).filter(({ ts, files }) => ts !== root && files === undefined),
  ).toHaveLength(1);

  const press = { type: 'button', action_id: 'ftm_recheck', block_id: 'ftm_controls', value: 'run-1' };
  await system.slack.action({ user: ANA, channel: SUPPORT, ts: placeholder, action: press });
  const recheck = async () =>
    (await system.backend.runs.byDevice('fgt-branch-07', 5)).find(({ comparesTo }) => comparesTo === 'run-1');
  await until(async () => (await recheck())?.answeredAt !== undefined, 'the re-check is answered', 20_000);
  expect((await recheck())?.outcome?.kind).toBe('diagnosed');
});
