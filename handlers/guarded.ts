import { FtmError } from '../src/ftm-error.ts';
import type { Log } from '../src/slack/logger.ts';
import type { PrivateReply } from './private-reply.ts';
import { errorText, internalText } from './replies.ts';

/** Nobody who asked is left without a word, also when we made a mistake. */
export async function guarded(reply: PrivateReply, logger: Log, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.error({ err: error }, 'a request from Slack failed');
    await reply(error instanceof FtmError ? errorText(error) : internalText);
  }
}
