import { setTimeout as sleep } from 'node:timers/promises';
import type { AckFn, RespondArguments, RespondFn, webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Log } from '../../src/bot/slack/logger.ts';
import {
  classifySlackError,
  explainRefusal,
  kindOfRefusal,
  kindOfSlackError,
} from '../../src/bot/slack/refusals.ts';
import { FtmError } from '../../src/engine/ftm-error.ts';
import { isDirectMessage } from '../../src/platform/runs/run.ts';
import { errorText, internalText } from '../text/replies.ts';

/**
 * Sends a message that only the asker sees. Never throws: a failed reply must not fail the request. Retries for a
 * while when Slack is unavailable, because it is often the only reply to the request.
 */
export type PrivateReply = (text: string, blocks?: readonly KnownBlock[]) => Promise<void>;

const RETRY_DELAYS_MS = [1000, 3000, 10_000, 30_000];

/**
 * In a direct message with the bot a message that stays: Slack removes private ones when the client starts again. Elsewhere, and between
 * other people, `otherwise`.
 */
export function replyThatStays(
  client: webApi.WebClient,
  channel: string,
  otherwise: PrivateReply,
): PrivateReply {
  if (!isDirectMessage(channel)) return otherwise;
  return async (text, blocks) => {
    try {
      await client.apiCall('chat.postMessage', { channel, text, blocks });
    } catch {
      await otherwise(text, blocks);
    }
  };
}

/** Slash commands and shortcuts bring an address for replies. */
export function replyByResponseUrl(respond: RespondFn, logger: Log): PrivateReply {
  return (text, blocks) =>
    sendWithRetries(async () => {
      await respond({
        response_type: 'ephemeral',
        replace_original: false,
        text,
        blocks: blocks && [...blocks],
      });
    }, logger);
}

/**
 * Sends the first reply as part of the acknowledgement, while Slack waits for it: a refusal then needs no second call
 * that could fail.
 */
export function replyWithAcknowledgement(
  ack: AckFn<string | RespondArguments>,
  otherwise: PrivateReply,
): PrivateReply {
  let isOpen = true;
  return async (text, blocks) => {
    const isFirst = isOpen;
    isOpen = false;
    if (!isFirst) return await otherwise(text, blocks);
    try {
      await ack({ response_type: 'ephemeral', text, blocks: blocks && [...blocks] });
    } catch {
      await otherwise(text, blocks);
    }
  };
}

export interface ReplyPlace {
  readonly channel: string;
  readonly user: string;
  readonly thread?: string;
}

/**
 * Replies beside the message; by direct message if Slack refuses posts there, and by the `response_url` of a button
 * if it refuses both.
 */
export function replyBesideMessage(
  client: webApi.WebClient,
  place: ReplyPlace,
  logger: Log,
  respond?: RespondFn,
): PrivateReply {
  return (text, blocks) => {
    const { channel, user, thread: thread_ts } = place;
    const message = { text, blocks: blocks && [...blocks] };
    return sendWithRetries(async () => {
      try {
        if (isDirectMessage(channel))
          await client.apiCall('chat.postMessage', { channel, ...message, thread_ts });
        else await client.apiCall('chat.postEphemeral', { channel, user, ...message, thread_ts });
      } catch (error) {
        if (kindOfSlackError(error) === undefined) throw error;
        logger.warn({ err: error, channel }, 'private reply sent as a direct message');
        await client
          .apiCall('chat.postMessage', { channel: user, ...message })
          .catch(async (refused: unknown) => {
            if (respond === undefined || kindOfSlackError(refused) === undefined) throw refused;
            await respond({ response_type: 'ephemeral', replace_original: false, ...message, thread_ts });
          });
      }
    }, logger);
  };
}

async function sendWithRetries(send: () => Promise<void>, logger: Log): Promise<void> {
  for (const pause of [...RETRY_DELAYS_MS, undefined]) {
    try {
      return await send();
    } catch (error) {
      // Slack refused: another attempt would be refused too.
      if (pause === undefined || kindOfSlackError(error) !== undefined) {
        logger.warn({ err: error }, 'private reply not delivered');
        return;
      }
      await sleep(pause, undefined, { ref: false });
    }
  }
}

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
  const failure = classifySlackError(error);
  const isKnown = failure.kind === 'refused' && ['place', 'token'].includes(kindOfRefusal(failure.error));
  return isKnown ? explainRefusal(failure.error) : internalText;
}
