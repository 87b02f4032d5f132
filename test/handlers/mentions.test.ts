import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewRun } from '../../src/bot/requests/ports.ts';
import { ANA, BEN, type Bot, LOG, SUPPORT, startBot } from './bot.ts';

describe('mentions in ordinary sentences', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot('http');
  });
  afterAll(() => bot.close());

  async function runOf(act: () => Promise<unknown>): Promise<NewRun> {
    const before = bot.runs.length;
    await act();
    return await bot.slack.until(() => bot.runs[before]);
  }

  async function toldIn(channel: string, user: string, act: () => Promise<unknown>): Promise<string> {
    const before = bot.slack.ephemeral(channel, user).length;
    await act();
    return await bot.slack.until(() => bot.slack.ephemeral(channel, user)[before]?.text);
  }

  it('takes the device and the user from an ordinary sentence', async () => {
    const text = 'please check fgt-branch-07 for marlow';
    const run = await runOf(() => bot.slack.mention({ user: ANA, channel: SUPPORT, text }));
    expect(run).toMatchObject({ kind: 'check', alias: 'fgt-branch-07', user: 'marlow' });
  });

  it('reads the newest log of a long thread when a sentence names no device', async () => {
    const { message } = await bot.slack.message({ user: BEN, channel: SUPPORT, text: 'VPN is broken' });
    const thread = message.ts;
    for (let count = 0; count < 210; count += 1) {
      bot.slack.workspace.add({ channel: SUPPORT, user: BEN, text: `note ${count}`, thread_ts: thread });
    }
    bot.slack.workspace.add({ channel: SUPPORT, user: BEN, text: `${LOG} newest`, thread_ts: thread });
    const text = 'hi, can you look at this one?';
    const run = await runOf(() => bot.slack.mention({ user: ANA, channel: SUPPORT, thread, text }));
    if (run.kind !== 'analyze') throw new Error('not an analysis');
    expect(run.evidence.items.map((item) => item.text).join('')).toContain('newest');
  });

  it('refuses a device of others in a sentence as it refuses one that does not exist', async () => {
    const ask = (alias: string) =>
      toldIn(SUPPORT, ANA, () =>
        bot.slack.mention({ user: ANA, channel: SUPPORT, text: `please check ${alias} for marlow` }),
      );
    const others = await ask('fgt-hq-01');
    expect(others).toMatch(/no device named `fgt-hq-01` that you may check here/);
    expect((await ask('fgt-no-01')).replaceAll('fgt-no-01', 'fgt-hq-01')).toBe(others);
  });

  it('asks which of two devices is meant, and one tap checks it', async () => {
    const { message } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'VPN is broken' });
    const text = 'check fgt-branch-07 or fgt-branch-08 for marlow?';
    const runs = bot.runs.length;
    const told = await toldIn(SUPPORT, ANA, () =>
      bot.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text }),
    );
    expect(told).toMatch(/Which device do you mean: `fgt-branch-07` or `fgt-branch-08`/);
    expect(bot.runs).toHaveLength(runs);
    const question = bot.slack.ephemeral(SUPPORT, ANA).at(-1);
    const [, actions] = (question?.blocks ?? []) as readonly { readonly elements: readonly object[] }[];
    const second = actions?.elements[1];
    if (question === undefined || second === undefined) throw new Error('no button');
    const press = () =>
      bot.slack.action({ user: ANA, channel: SUPPORT, ts: question.ts, action: { ...second } });
    const run = await runOf(press);
    expect(run).toMatchObject({
      kind: 'check',
      alias: 'fgt-branch-08',
      user: 'marlow',
      replyTo: { channel: SUPPORT, thread: message.ts },
    });
    await bot.slack.until(() => !bot.slack.ephemeral(SUPPORT, ANA).includes(question));
  });

  it('reads nothing again for a word of thanks', async () => {
    const { message } = await bot.slack.message({ user: BEN, channel: SUPPORT, text: LOG });
    const runs = bot.runs.length;
    for (const text of ['thanks!', 'Thank you so much', 'ok, great']) {
      await bot.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text });
    }
    const next = await runOf(() => bot.slack.mention({ user: ANA, channel: SUPPORT, text: 'fgt-branch-07' }));
    expect(next).toMatchObject({ kind: 'check' });
    expect(bot.runs).toHaveLength(runs + 1);
  });

  it('does not take from a tap what the person may not ask for', async () => {
    const { message } = await bot.slack.message({ user: ANA, channel: SUPPORT, text: 'any message' });
    const action = {
      type: 'button',
      action_id: 'ftm_choose_device_0',
      value: JSON.stringify({ alias: 'fgt-hq' }),
    };
    const told = await toldIn(SUPPORT, ANA, () =>
      bot.slack.action({ user: ANA, channel: SUPPORT, ts: message.ts, action }),
    );
    expect(told).toMatch(/no device named `fgt-hq` that you may check here/);
  });
});
