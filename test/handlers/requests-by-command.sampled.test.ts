import { describe, expect, it } from 'vitest';
import { sampleOf } from '../support/amount.ts';
import { askedBot } from './asking.ts';
import { ANA, BEN, queueDown, SUPPORT } from './bot.ts';

describe.each(sampleOf(['http', 'socket'] as const, 2, 0))('commands and mentions, %s', async (mode) => {
  const { bot, runOf, toldIn, slash } = await askedBot(mode);

  it('takes a slash command, acknowledged in time though the queue is slow', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    bot.queue = async () => {
      await held;
      return { state: 'queued', ahead: 0 };
    };
    const delivery = await slash('fgt-branch-07 --user marlow —vdom “customer a”');
    expect(delivery.status).toBe(200);
    const run = await runOf(async () => release());
    expect(run).toMatchObject({
      asker: { id: ANA, name: 'Ana Ruiz' },
      replyTo: { channel: SUPPORT, team: 'T0LOCAL' },
      kind: 'check',
      alias: 'fgt-branch-07',
      user: 'marlow',
      vdom: 'customer a',
    });
    expect(run.replyTo.thread).toBeUndefined();
  });

  it.each([
    ['an empty command of somebody without devices', '', BEN, /may not check any device here/],
    ['help', 'help', ANA, /^(?!.*escalate).*cannot log in to the VPN.*Check a device.*fgt-branch-08/s],
    ['a bundle without on-call', 'bundle fgt-branch-07', ANA, /`ftm-check bundle` makes one/],
    ['an unknown device', 'branch-07', ANA, /no device named `branch-07`.*Did you mean `fgt-branch-07`/s],
    ['a device of others', 'fgt-hq', ANA, /no device named `fgt-hq` that you may check here/],
    ['a person without any right', 'fgt-branch-07', BEN, /have no access in this channel/],
    ['an unknown option', 'fgt-branch-07 --lives 3', ANA, /Unknown option: --lives/],
    ['a time that is none', 'fgt-branch-07 --live soon', ANA, /--live needs a number of seconds/],
    ['two devices', 'fgt-branch-07 fgt-branch-08', ANA, /one device at a time/i],
    ['a name full of formatting', '<!channel>*x*', ANA, /no device named `&lt;!channel&gt;x`/],
  ])('answers %s at once and in private', async (_, text, user, expected) => {
    const runs = bot.runs.length;
    expect(await toldIn(SUPPORT, user, () => slash(text, user))).toMatch(expected);
    expect(bot.runs.length).toBe(runs);
  });

  it('tells nobody about devices they may not use', async () => {
    const told = await toldIn(SUPPORT, BEN, () => slash('help', BEN));
    expect(told).not.toContain('fgt-');
  });

  it('answers a command it does not know at once', async () => {
    const delivery = await slash('x', ANA, '/ftm-chek');
    expect(delivery).toMatchObject({ status: 200, ack: { response_type: 'ephemeral' } });
    expect(JSON.stringify(delivery.ack)).toContain('/ftm-chek');
  });

  it.each([
    [
      'the queue is away',
      { state: 'refused', error: queueDown },
      /queue is not reachable.*Try again in a minute/,
    ],
  ] as const)('says so when %s', async (_, accepted, expected) => {
    bot.queue = () => accepted;
    expect(await toldIn(SUPPORT, ANA, () => slash('fgt-branch-07'))).toMatch(expected);
  });

  it('leaves nobody without a word when it makes a mistake itself', async () => {
    bot.queue = () => Promise.reject(new Error('a bug'));
    const told = await toldIn(SUPPORT, ANA, () => slash('fgt-branch-07'));
    expect(told).toContain('nothing was started');
    expect(told).not.toContain('a bug');
  });

  it('takes a mention, once although Slack sends it as two events', async () => {
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, text: 'check fgt-branch-08' }),
    );
    const [message] = bot.slack.messages(SUPPORT).filter(({ text }) => text.includes('check fgt-branch-08'));
    expect(run).toMatchObject({
      replyTo: { thread: message?.ts },
      kind: 'check',
      alias: 'fgt-branch-08',
    });
    const next = await runOf(() => slash('fgt-branch-07'));
    expect(next).toMatchObject({ alias: 'fgt-branch-07' });
  });

  it('answers a mention in the thread it stands in, and refuses there too', async () => {
    const { message: root } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'VPN is broken' });
    const thread = root.ts;
    const run = await runOf(() =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, thread, text: 'fgt-branch-07' }),
    );
    expect(run.replyTo.thread).toBe(thread);
    await toldIn(SUPPORT, BEN, () =>
      bot.slack.mention({ user: BEN, channel: SUPPORT, thread, text: 'fgt-branch-07' }),
    );
    expect(bot.slack.ephemeral(SUPPORT, BEN).at(-1)?.thread_ts).toBe(thread);
  });

  it('says that it does not know a button of another version', async () => {
    const { message } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'hello' });
    const action = { type: 'button', action_id: 'ftm_from_the_future', block_id: 'b', value: 'x' };
    const told = await toldIn(SUPPORT, ANA, () =>
      bot.slack.action({ user: ANA, channel: SUPPORT, ts: message.ts, action }),
    );
    expect(told).toMatch(/another version/);
  });

  it('has kept every limit of messages and views', () => {
    expect(bot.slack.violations()).toEqual([]);
  });
});
