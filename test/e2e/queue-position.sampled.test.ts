import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, SUPPORT, startTestSystem } from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

it.concurrent.for(sampleOf(['BullMQ', 'in-process'] as const, 2, 1))(
  'says how many come first, and follows the line while somebody waits: %s',
  async (queue, { skip }) => {
    skip(queue === 'BullMQ' && !redis);
    const place = redis === undefined ? {} : { redis: { url: redis.url, prefix: `${redis.prefix}-line` } };
    await using system = await startTestSystem({
      ...(queue === 'BullMQ' ? place : {}),
      // Each check takes long enough to be seen waiting.
      behaviour: { commandDelayMs: 100 },
    });
    for (const [index, user] of ['one', 'two', 'three'].entries()) {
      await system.check(`fgt-branch-07 --user ${user}`, ANA);
      const accepted = async () => (await system.backend.runs.byDevice('fgt-branch-07', 9)).length;
      await until(async () => (await accepted()) > index, `${user} is accepted`);
    }
    const all = () => system.backend.runs.byDevice('fgt-branch-07', 9);
    const isOver = async () => (await all()).every(({ answeredAt }) => answeredAt !== undefined);
    await until(isOver, 'all are answered');
    const runs = await all();
    const last = runs.find(({ user }) => user === 'three');
    const texts = [
      ...system.slack.calls('chat.postMessage').filter(({ args }) => args.thread_ts === last?.rootTs),
      ...system.slack.calls('chat.update').filter(({ args }) => args.ts === last?.answerTs),
    ].map(({ args }) => String(args.text));
    const waits = texts.filter((text) => text.startsWith('Waiting'));
    expect(waits[0]).toBe('Waiting to check `fgt-branch-07`: 2 checks ahead …');
    expect(waits).toContain('Waiting to check `fgt-branch-07`: 1 check ahead …');
    expect(texts.at(-1)).not.toMatch(/Waiting/);
    expect(system.slack.workspace.find(SUPPORT, last?.answerTs ?? '')?.text).not.toMatch(/Waiting/);
    expect(system.slack.violations()).toEqual([]);
  },
);

it.concurrent('follows the line also for those who waited while the bot was restarted', async ({ skip }) => {
  skip(!redis);
  await using system = await startTestSystem({
    ...(redis === undefined ? {} : { redis: { url: redis.url, prefix: `${redis.prefix}-line-again` } }),
    // Longer than between two looks at the line.
    behaviour: { commandDelayMs: 200 },
  });
  const all = () => system.backend.runs.byDevice('fgt-branch-07', 9);
  for (const [index, user] of ['one', 'two', 'three'].entries()) {
    await system.check(`fgt-branch-07 --user ${user}`, ANA);
    await until(async () => (await all()).length > index, `${user} is accepted`);
  }
  const last = async () => (await all()).find(({ user }) => user === 'three');
  await until(async () => (await last())?.answerTs !== undefined, 'the last one is told its place');
  const said = async () => system.slack.workspace.find(SUPPORT, (await last())?.answerTs ?? '')?.text;
  expect(await said()).toMatch(/2 checks ahead/);
  await system.restart();
  await until(async () => /1 check ahead/.test((await said()) ?? ''), 'its new place is shown');
});
