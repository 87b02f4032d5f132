import { webApi } from '@slack/bolt';
import type { Log } from '../../src/bot/slack/logger.ts';
import { explainRefusal, kindOfRefusal } from '../../src/bot/slack/refusals.ts';
import { FtmError } from '../../src/engine/ftm-error.ts';
import { errorText, internalText } from '../text/replies.ts';
import type { PrivateReply } from './private-reply.ts';

/** Replies to the person also after a programming error. */
export async function withErrorReply(
  reply: PrivateReply,
  logger: Log,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.error({ err: error }, 'a request from Slack failed');
    await reply(textFor(error));
  }
}

function textFor(error: unknown): string {
  if (error instanceof FtmError) return errorText(error);
  if (!(error instanceof webApi.WebAPIPlatformError)) return internalText;
  const word = error.data.error;
  return ['place', 'token'].includes(kindOfRefusal(word)) ? explainRefusal(word) : internalText;
}
