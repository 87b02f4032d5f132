import { setTimeout as sleep } from 'node:timers/promises';
import { type AckFn, type RespondArguments, type RespondFn, webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Log } from '../../src/slack/logger.ts';

/**
 * Says something that only the asker sees. Never throws: a failed courtesy must not fail the request. While Slack is
 * away it goes on trying for a while: often it is all that the person ever hears of the request.
 */
export type PrivateReply = (text: string, blocks?: readonly KnownBlock[]) => Promise<void>;

const PAUSES_MS = [1000, 3000, 10_000, 30_000];

/** Slack removes private messages when the client starts again; in a direct message a normal one is as private, and stays. */
function isDirectMessage(channel: string): boolean {
  return channel.startsWith('D');
}

/** In a direct message with the bot a message that stays; elsewhere, and between other people, `otherwise`. */
export function replyThatStays(
  client: webApi.WebClient,
  channel: string,
  otherwise: PrivateReply,
): PrivateReply {
  if (!isDirectMessage(channel)) return otherwise;
  return async (text, blocks) => {
    try {
      await client.apiCall('chat.postMessage', { channel, text, ...withBlocks(blocks) });
    } catch {
      await otherwise(text, blocks);
    }
  };
}

/** Slash commands and shortcuts bring an address for replies. */
export function replyByResponseUrl(respond: RespondFn, logger: Log): PrivateReply {
  return (text, blocks) =>
    insist(async () => {
      await respond({ response_type: 'ephemeral', replace_original: false, text, ...withBlocks(blocks) });
    }, logger);
}

/**
 * The first words go with the acknowledgement, while Slack waits for it: so a refusal needs no second way to the person,
 * and is told and acknowledged in one.
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
      await ack({ response_type: 'ephemeral', text, ...withBlocks(blocks) });
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
 * Where the message stands; by direct message when Slack does not let us speak there, and where it lets us not speak at
 * all through the address that a press on a button brings.
 */
export function replyBesideMessage(
  client: webApi.WebClient,
  place: ReplyPlace,
  logger: Log,
  respond?: RespondFn,
): PrivateReply {
  return (text, blocks) => {
    const { channel, user, thread } = place;
    const inThread = thread === undefined ? {} : { thread_ts: thread };
    const message = { text, ...withBlocks(blocks) };
    return insist(async () => {
      try {
        if (isDirectMessage(channel)) {
          await client.apiCall('chat.postMessage', { channel, ...message, ...inThread });
        } else {
          await client.chat.postEphemeral({ channel, user, ...message, ...inThread });
        }
      } catch (error) {
        if (!saysNo(error)) throw error;
        logger.warn({ err: error, channel }, 'private reply sent as a direct message');
        await client
          .apiCall('chat.postMessage', { channel: user, ...message })
          .catch(async (refused: unknown) => {
            if (respond === undefined || !saysNo(refused)) throw refused;
            await respond({ response_type: 'ephemeral', replace_original: false, ...message, ...inThread });
          });
      }
    }, logger);
  };
}

async function insist(say: () => Promise<void>, logger: Log): Promise<void> {
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      return await say();
    } catch (error) {
      if (pause === undefined || saysNo(error)) {
        logger.warn({ err: error }, 'private reply not delivered');
        return;
      }
      await sleep(pause, undefined, { ref: false });
    }
  }
}

/** Slack understood, and refuses: it would again. */
function saysNo(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError;
}

function withBlocks(blocks: readonly KnownBlock[] | undefined): { blocks?: KnownBlock[] } {
  return blocks === undefined ? {} : { blocks: [...blocks] };
}
