import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceHistory } from '../../src/platform/store/device-history.ts';
import { historySchema } from '../../src/report/documents/history/history-schema.ts';
import { ftmCheck } from '../cli/test-io.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, BEN, LOCKED, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

/** Ana has a device in every channel, which the Home tab needs. */
const ACCESS = `
  - { channels: [${SUPPORT}], devices: ["*"] }
  - { users: [${ANA}], channels: ["*"], devices: [fgt-branch-07] }
  - { channels: [${LOCKED}], users: [${BEN}], devices: [fgt-hq] }
`;

let redis: TestRedis | undefined;
let system: TestSystem;
beforeAll(async () => {
  redis = await openTestRedis();
  if (!redis) return;
  // With the usual prefix, as the command line looks for it.
  system = await startTestSystem({ redis: { url: redis.url }, access: ACCESS });
  const { records } = system.backend;
  const kept = createDeviceHistory(records, { keepMs: 90 * 24 * 3_600_000, now: Date.now });
  // A request that joins a check whose job is just ending shares its result, and is no check of its own.
  for (let asked = 1; (await kept.read('fgt-branch-07')).length < 2; asked += 1) {
    await system.check('fgt-branch-07');
    await system.answered({ alias: 'fgt-branch-07' }, asked);
  }
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await redis?.stop();
});

async function told(text: string, user = ANA, channel = SUPPORT): Promise<string> {
  const before = system.slack.ephemeral(channel, user).length;
  await system.check(text, user, channel);
  return await system.slack.until(() => system.slack.ephemeral(channel, user)[before]?.text);
}

describe('the history', () => {
  it('of a device is a chart and its last checks', async ({ skip }) => {
    skip(!redis);
    const text = await told('history fgt-branch-07');
    expect(text).toMatch(/2 checks: 2 broken\. The last 30 days:\n`·{29}█`/);
    expect(text.match(/by <@U0ANA>: broken/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('of the fleet has every device that the person may check here, and no other', async ({ skip }) => {
    skip(!redis);
    const text = await told('history');
    expect(text).toContain('2 devices: 1 broken, 1 not checked in this time');
    expect(text).toMatch(
      /• `fgt-branch-07` `·{29}█` broken \(admin-trusthost-blocks-callback\), .* by <@U0ANA>/,
    );
    const others = await told('history', BEN, LOCKED);
    expect(others).toContain('1 device: 1 not checked in this time');
    expect(others).not.toContain('branch-07');
  });

  it('is on the Home tab', async ({ skip }) => {
    skip(!redis);
    await system.slack.openHome(ANA);
    const home = await system.slack.until(() => system.slack.home(ANA));
    expect(JSON.stringify(home)).toMatch(/The last 30 days: `·{29}█`/);
  });

  it('is printed by the command line', async ({ skip }) => {
    skip(!redis);
    const options = { env: { REDIS_URL: redis?.url ?? '' }, now: Date.now() };
    const one = await ftmCheck(['history', 'fgt-branch-07'], options);
    expect([one.status, one.stderr]).toEqual([0, '']);
    expect(one.stdout).toContain('fgt-branch-07, the last 30 days: 2 checks: 2 broken');
    expect(one.stdout).toContain('by Ana Ruiz');
    const all = await ftmCheck(['history', '--days', '7'], options);
    expect(all.stdout).toMatch(/The last 7 days, 1 device: 1 broken\n\n {2}·{6}█/);
    const json = await ftmCheck(['history', 'fgt-branch-07', '--json'], options);
    const printed: unknown = JSON.parse(json.stdout);
    expect(historySchema.strict().parse(printed)).toEqual(printed);
    expect(printed).toMatchObject({
      schema: 'ftm-check/history@1',
      devices: [{ alias: 'fgt-branch-07', checks: [{ verdict: 'broken' }, { verdict: 'broken' }] }],
    });
    const none = await ftmCheck(['history', 'fgt-hq'], options);
    expect(none.stdout).toContain('fgt-hq has no checks in the last 30 days.');
  });

  it('is in the report', async ({ skip }) => {
    skip(!redis);
    const [run] = await system.answered({ alias: 'fgt-branch-07' }, 2);
    await system.slack.action({
      user: ANA,
      channel: SUPPORT,
      ts: run?.answerTs ?? '',
      action: { type: 'button', action_id: 'ftm_report', value: run?.id ?? '' },
    });
    const fileOf = async () => (await system.backend.runs.get(run?.id ?? ''))?.reportFile;
    await until(async () => (await fileOf()) !== undefined, 'the report is attached');
    expect(system.slack.fileContent((await fileOf()) ?? '')).toContain('History of this device');
  });
});

it.each([
  [['history'], {}, 2, 'REDIS_URL is not set'],
  [['history', '--days', '0'], {}, 2, 'from 1 to 730'],
  [['history'], { REDIS_URL: 'redis://127.0.0.1:1' }, 4, ''],
] as const)('says what is missing: %j with %j', async (args, env, expected, words) => {
  const { status, stderr } = await ftmCheck(args, { env });
  expect(status).toBe(expected);
  expect(stderr).toContain(words);
});
