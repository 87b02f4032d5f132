import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECK_LOG_SHORTCUT } from '../../src/bot/slack/manifest.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

/** Each asks in a channel of its own. `address`: Slack brings an address for replies that needs no token. */
const WAYS: Readonly<
  Record<string, { readonly address: boolean; ask(system: TestSystem, channel: string): Promise<unknown> }>
> = {
  'slash command': { address: true, ask: (system, channel) => system.check('fgt-branch-07', ANA, channel) },
  mention: {
    address: false,
    ask: ({ slack }, channel) => slack.mention({ user: ANA, channel, text: 'fgt-branch-07' }),
  },
  paste: {
    address: false,
    ask: ({ slack }, channel) => slack.message({ user: ANA, channel, text: TWO_USERS_LOG }),
  },
  upload: {
    address: false,
    ask: ({ slack }, channel) =>
      slack.message({ user: ANA, channel, text: '', files: [{ name: 'debug.log', content: TWO_USERS_LOG }] }),
  },
  shortcut: {
    address: true,
    ask: ({ slack }, channel) => {
      const ts = slack.messages(channel).find(({ user }) => user === BEN)?.ts ?? '';
      return slack.shortcut({ callbackId: CHECK_LOG_SHORTCUT, user: ANA, channel, ts });
    },
  },
  button: {
    address: true,
    async ask({ slack, backend }, channel) {
      const run = (await backend.runs.byAsker(BEN, 50)).find(({ replyTo }) => replyTo.channel === channel);
      const action = { type: 'button', action_id: 'ftm_recheck', block_id: 'b', value: run?.id };
      await slack.action({ user: ANA, channel, ts: run?.answerTs ?? '', action });
    },
  },
};

const NAMES = Object.keys(WAYS);
const channelOf = (failure: string, way: string): string =>
  `C0${`${failure}${way}`.toUpperCase().replaceAll(/[^A-Z]/g, '')}`;

const FAILURES = [
  ['not_in_channel', /not a member of <#C0\w+>.*\/invite/],
  ['is_archived', /is archived.*another channel/],
  ['missing_scope', /lacks a permission.*ftm-check manifest/],
  ['token_revoked', /no longer accepts my token.*install the app again.*ftm-check doctor/],
] as const;
type Failure = (typeof FAILURES)[number][0];

/** A sample is refused over a socket, and has a token that is bad from the start over HTTP. */
describe.each(sampleOf(['http', 'socket'] as const, 2, 1))('where Slack refuses the bot, %s', (mode) => {
  let system: TestSystem;
  beforeAll(async () => {
    if (!redis) return;
    system = await startTestSystem({
      mode,
      redis: { url: redis.url, prefix: `${redis.prefix}-refused-${mode}` },
      channels: FAILURES.flatMap(([failure]) =>
        NAMES.map((way) => ({ id: channelOf(failure, way), name: `${failure}-${way}` })),
      ),
      access: ' [{ channels: ["*"], devices: ["*"] }]',
    });
    // What there is to press on and to point at, from when all was well.
    for (const [failure] of FAILURES) {
      await system.check('fgt-branch-07', BEN, channelOf(failure, 'button'));
      const channel = channelOf(failure, 'shortcut');
      await system.slack.message({
        user: BEN,
        channel,
        text: 'The log: [730] fnbamd return auth success, I think',
      });
    }
    await until(async () => {
      const runs = await system.backend.runs.byAsker(BEN, 50);
      return runs.length === FAILURES.length && runs.every(({ answeredAt }) => answeredAt !== undefined);
    }, 'the earlier answers stand');
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  /** In the channel, or by direct message. */
  const told = (channel: string): string =>
    [channel, system.slack.workspace.directMessage(ANA).id]
      .flatMap((place) => system.slack.messages(place))
      .filter(({ channel: place, ephemeral_to: to }) => to === ANA || place !== channel)
      .map(({ text }) => text)
      .filter((text) => text.includes(`<#${channel}>`) || text.includes('this conversation'))
      .join('\n');

  const runIn = async (channel: string): Promise<Run | undefined> =>
    (await system.backend.runs.byAsker(ANA, 100)).find(({ replyTo }) => replyTo.channel === channel);

  async function answered(channel: string): Promise<Run> {
    await until(async () => (await runIn(channel))?.answeredAt !== undefined, `${channel} is answered`);
    return (await runIn(channel)) as Run;
  }

  function breakIt(failure: Failure, channel: string): void {
    const { workspace } = system.slack;
    if (failure === 'missing_scope') system.slack.revoke('chat:write');
    if (failure === 'token_revoked') system.slack.revoke();
    const known = workspace.channel(channel);
    if (known) workspace.setChannel({ ...known, refuses: failure });
  }

  const refusals = FAILURES.slice(0, 2).flatMap(([failure, words]) =>
    NAMES.map((way) => ({ failure, words, way })),
  );

  // A sample has a fifth of them.
  it.for(sampleOf(refusals, 5, mode === 'http' ? 0 : 1))(
    '$failure, asked by $way: says what to do, and gives the answer in private',
    async ({ failure, words, way }, { skip }) => {
      skip(!redis);
      const channel = channelOf(failure, way);
      breakIt(failure, channel);
      await WAYS[way]?.ask(system, channel);
      await answered(channel);
      const private_ = system.slack.messages(system.slack.workspace.directMessage(ANA).id);
      const answer = private_.find(
        ({ text }) => text.includes(`<#${channel}>`) && text.includes('only for you'),
      );
      expect(answer?.text).toMatch(words);
      expect(answer?.text).toMatch(/🔴|🟡/);
      // Where Slack brings an address, the words are in the channel at once.
      if (way === 'slash command' || way === 'shortcut') {
        expect(
          system.slack
            .ephemeral(channel, ANA)
            .map(({ text }) => text)
            .join('\n'),
        ).toMatch(words);
      }
      expect(told(channel)).toMatch(words);
    },
  );

  const others = FAILURES.slice(2).map(([failure, words]) => ({ failure, words }));
  // A sample has one of them over HTTP, the other one over a socket.
  it.for(sampleOf(others, 2, mode === 'http' ? 0 : 1))(
    '$failure, whatever the way: says what to do where it can, and answers all of it once that is mended',
    async ({ failure, words }, { skip }) => {
      skip(!redis);
      breakIt(failure, '');
      const before = system.log.length;
      for (const way of NAMES) await WAYS[way]?.ask(system, channelOf(failure, way));
      for (const way of NAMES.filter((name) => WAYS[name]?.address)) {
        const channel = channelOf(failure, way);
        await system.slack.until(() => told(channel) !== '' && told(channel));
        expect(told(channel)).toMatch(words);
      }
      await until(() => system.log.slice(before).some((line) => line.includes(failure)), 'the log says it');
      system.slack.restore();
      // A file that cannot be had with this token is not known to be a log: nothing is owed for it.
      const unread = failure === 'token_revoked' ? ['upload'] : [];
      for (const way of NAMES.filter((name) => !unread.includes(name))) {
        const channel = channelOf(failure, way);
        const { answerTs = '', outcome } = await answered(channel);
        expect(outcome?.kind).toBe('diagnosed');
        const inPlace = system.slack.workspace.find(channel, answerTs)?.text;
        // A check by button may say that nothing changed: the answer it repeats stands above it.
        expect(inPlace ?? told(channel)).toMatch(/🔴|🟡|^Unchanged since /);
      }
      for (const way of unread) {
        expect(await runIn(channelOf(failure, way))).toBeUndefined();
        const said = system.log.slice(before).filter((line) => line.includes('uploads not read'));
        expect(said.map((line) => JSON.parse(line))).toMatchObject([
          {
            level: 'error',
            channel: channelOf(failure, way),
            msg: expect.stringContaining('ftm-check doctor'),
          },
        ]);
      }
    },
  );

  it('an uploaded log that the app may not read: says which right is missing', async ({ skip }) => {
    skip(!redis);
    system.slack.revoke('files:read');
    const files = [{ name: 'debug.log', content: TWO_USERS_LOG }];
    const channel = channelOf('missing_scope', 'upload');
    const before = system.slack.ephemeral(channel, ANA).length;
    await system.slack.message({ user: ANA, channel, text: 'unasked', files });
    await system.slack.mention({ user: ANA, channel, text: '', files });
    const words = await system.slack.until(() => {
      const found = system.slack.ephemeral(channel, ANA).slice(before);
      return found.length >= 2 && found;
    });
    for (const { text } of words) expect(text).toMatch(/`debug\.log`.*files:read.*ftm-check manifest/);
    system.slack.restore();
  });

  it('a thread that the app may not read: says that a permission is missing', async ({ skip }) => {
    skip(!redis);
    const channel = channelOf('missing_scope', 'mention');
    const { message } = await system.slack.message({ user: BEN, channel, text: 'It fails since Monday' });
    system.slack.revoke('channels:history');
    const before = system.slack.ephemeral(channel, ANA).length;
    await system.slack.mention({ user: ANA, channel, thread: message.ts, text: '' });
    const words = await system.slack.until(() => system.slack.ephemeral(channel, ANA)[before]);
    expect(words.text).toMatch(/lacks a permission/);
    system.slack.restore();
  });

  it('has kept every limit of Slack', ({ skip }) => {
    skip(!redis);
    expect(system.slack.violations()).toEqual([]);
  });
});

it.for(sampleOf(['http', 'socket'] as const, 2, 0))(
  'a token that was bad from the start, %s: says so, and answers once there is a good one',
  async (mode, { skip }) => {
    skip(!redis);
    const place = { url: redis?.url ?? '', prefix: `${redis?.prefix}-bad-token-${mode}` };
    await using system = await startTestSystem({ mode, redis: place });
    system.slack.revoke();
    const delivery = await system.check();
    expect(delivery.status).toBe(200);
    expect(await system.whisper(SUPPORT, ANA)).toMatch(/no longer accepts my token.*ftm-check doctor/);
    system.slack.restore();
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    expect(system.slack.workspace.find(SUPPORT, run?.answerTs ?? '')?.text).toMatch(/🔴/);
  },
);
