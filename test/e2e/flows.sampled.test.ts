import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import {
  ANA,
  BEN,
  SUPPORT,
  startTestSystem,
  type TestSystem,
  type TestSystemOptions,
} from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

const HOUSES: readonly (readonly [string, (system: TestRedis) => TestSystemOptions])[] = [
  ['Redis, HTTP', (on) => ({ redis: on })],
  ['in this process, HTTP', () => ({})],
  ['in this process, Socket Mode', () => ({ mode: 'socket' })],
  ['Redis, Socket Mode', (on) => ({ redis: on, mode: 'socket' })],
];

/** A sample has each kind of queue once, and each way to Slack once. */
describe.each(sampleOf(HOUSES, 2, 0))('%s', (name, optionsFor) => {
  let system: TestSystem;
  const needsRedis = name.startsWith('Redis');

  beforeAll(async () => {
    if (needsRedis && !redis) return;
    const prefix = `${redis?.prefix}-${name.replaceAll(/\W/g, '')}`;
    system = await startTestSystem(
      optionsFor({ url: redis?.url ?? '', prefix, stop: async () => undefined }),
    );
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  it('answers /ftm-check under a visible message of its own', async ({ skip }) => {
    skip(needsRedis && !redis);
    const delivery = await system.check('fgt-branch-07');
    expect(delivery.status).toBe(200);
    const [run] = await system.answered({ alias: 'fgt-branch-07' });

    expect(run?.outcome).toMatchObject({
      kind: 'diagnosed',
      diagnosis: { verdict: 'broken', device: { alias: 'fgt-branch-07', version: '7.2.8' } },
    });
    const rules =
      run?.outcome?.kind === 'diagnosed' ? run.outcome.diagnosis.findings.map(({ rule }) => rule) : [];
    expect(rules).toContain('admin-trusthost-blocks-callback');

    const thread = system.slack.thread(SUPPORT, run?.rootTs ?? '');
    expect(thread[0]?.text).toContain('fgt-branch-07');
    expect(thread.slice(1).map(({ ts }) => ts)).toContain(run?.answerTs);
    expect(system.simulator.writes).toEqual([]);
  });

  it('answers a log that was pasted into a thread, there', async ({ skip }) => {
    skip(needsRedis && !redis);
    const { message: root } = await system.slack.message({
      user: ANA,
      channel: SUPPORT,
      text: 'Push is broken again',
    });
    const text = `\`\`\`\n${TWO_USERS_LOG}\n\`\`\``;
    await system.slack.message({ user: BEN, channel: SUPPORT, thread: root.ts, text });
    const [run] = await system.answered({ thread: root.ts });

    expect(run?.outcome).toMatchObject({ kind: 'diagnosed', diagnosis: { verdict: 'broken' } });
    const outcomes =
      run?.outcome?.kind === 'diagnosed'
        ? run.outcome.diagnosis.attempts.map(({ user, outcome }) => [user, outcome])
        : [];
    expect(outcomes).toEqual(
      expect.arrayContaining([
        ['wren', 'succeeded'],
        ['marlow', 'timed-out'],
      ]),
    );
    const answers = answersIn(system, root.ts);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.text).toContain('marlow');
    const pictures = () =>
      system.slack.workspace.thread(SUPPORT, root.ts).flatMap(({ files: attached = [] }) => attached);
    await system.slack.until(() => pictures()[0]);
    expect(pictures().map(({ name: file, alt_txt: altText }) => [file, altText])).toEqual([
      ['ftm-check-paste-times.png', expect.stringContaining('VPN gave up 80 s, phone answered 94 s; wren')],
    ]);
    expect(
      system.slack
        .fileBytes(pictures()[0]?.id ?? '')
        ?.subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('answers a mention in the thread it was made in', async ({ skip }) => {
    skip(needsRedis && !redis);
    const { message: root } = await system.slack.message({
      user: ANA,
      channel: SUPPORT,
      text: 'Can somebody look?',
    });
    await system.slack.mention({ user: ANA, channel: SUPPORT, thread: root.ts, text: 'FGT-Branch-07' });
    const [run] = await system.answered({ thread: root.ts });
    expect(run).toMatchObject({ alias: 'fgt-branch-07', outcome: { kind: 'diagnosed' } });
    expect(system.slack.thread(SUPPORT, root.ts).map(({ ts }) => ts)).toContain(run?.answerTs);
  });

  it('answers a request once, however often Slack delivers it', async ({ skip }) => {
    skip(needsRedis && !redis);
    const { message: root } = await system.slack.message({ user: ANA, channel: SUPPORT, text: 'Once more' });
    const said = await system.slack.mention({
      user: ANA,
      channel: SUPPORT,
      thread: root.ts,
      text: 'fgt-branch-07',
    });
    await Promise.all(said.deliveries.map((delivery) => system.slack.redeliver(delivery)));
    await system.answered({ thread: root.ts });
    for (const delivery of said.deliveries) await system.slack.redeliver(delivery);

    expect(await system.backend.runs.byThread(SUPPORT, root.ts, 10)).toHaveLength(1);
    const answers = answersIn(system, root.ts);
    expect(answers).toHaveLength(1);
  });

  it('leaves ordinary talk alone', async ({ skip }) => {
    skip(needsRedis && !redis);
    const { message } = await system.slack.message({
      user: BEN,
      channel: SUPPORT,
      text: 'The push for lunch worked',
    });
    expect(await system.backend.runs.byThread(SUPPORT, message.ts, 10)).toEqual([]);
    expect(system.slack.thread(SUPPORT, message.ts)).toHaveLength(1);
  });

  it('has kept every limit of Block Kit', ({ skip }) => {
    skip(needsRedis && !redis);
    expect(system.slack.violations()).toEqual([]);
  });
});

/** A report that is too long for a message comes as a file beside its answer. */
function answersIn({ slack }: TestSystem, root: string) {
  return slack
    .thread(SUPPORT, root)
    .filter(({ bot_id: bot, files = [] }) => bot !== undefined && files.length === 0);
}
