import type { NewRun } from '../../src/bot/requests/ports.ts';
import { ANA, type Bot, SUPPORT } from './bot.ts';

/** Ways to ask a bot, and to see what comes of it. `botOf` is called at each use: the bot is started before the tests. */
export function asking(botOf: () => Bot) {
  /** The run that `act` leads to. */
  const runOf = async (act: () => Promise<unknown>): Promise<NewRun> => {
    const bot = botOf();
    const before = bot.runs.length;
    await act();
    return await bot.slack.until(() => bot.runs[before]);
  };

  /** What `user` is told in private by what `act` leads to. */
  const toldIn = async (channel: string, user: string, act: () => Promise<unknown>): Promise<string> => {
    const bot = botOf();
    const before = bot.slack.ephemeral(channel, user).length;
    await act();
    return await bot.slack.until(() => bot.slack.ephemeral(channel, user)[before]?.text);
  };

  const slash = (text: string, user = ANA, command = '/ftm-check') =>
    botOf().slack.slash({ command, text, user, channel: SUPPORT });

  return { runOf, toldIn, slash };
}
