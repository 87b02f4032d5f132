import { afterAll, beforeEach } from 'vitest';
import type { NewRun } from '../../src/bot/requests/ports.ts';
import { ANA, type Mode, SUPPORT, startBot } from './bot.ts';

/** A bot for the tests of a suite, ways to ask it, and to see what comes of it. Its queue takes the requests of each test. */
export async function askedBot(mode: Mode) {
  const bot = await startBot(mode);
  afterAll(() => bot.close());
  beforeEach(() => {
    bot.queue = () => ({ state: 'queued', ahead: 0 });
  });

  /** The run that `act` leads to. */
  const runOf = async (act: () => Promise<unknown>): Promise<NewRun> => {
    const before = bot.runs.length;
    await act();
    return await bot.slack.until(() => bot.runs[before]);
  };

  /** What `user` is told in private by what `act` leads to. */
  const toldIn = async (channel: string, user: string, act: () => Promise<unknown>): Promise<string> => {
    const before = bot.slack.ephemeral(channel, user).length;
    await act();
    return await bot.slack.until(() => bot.slack.ephemeral(channel, user)[before]?.text);
  };

  const slash = (text: string, user = ANA, command = '/ftm-check') =>
    bot.slack.slash({ command, text, user, channel: SUPPORT });

  return { bot, runOf, toldIn, slash };
}
