import type { RespondFn, webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Log } from '../src/slack/logger.ts';

/** Says something that only the asker sees. Never throws: a failed courtesy must not fail the request. */
export type PrivateReply = (text: string, blocks?: readonly KnownBlock[]) => Promise<void>;

/** Slash commands and shortcuts bring an address for replies. */
export function replyByResponseUrl(respond: RespondFn, logger: Log): PrivateReply {
  return async (text, blocks) => {
    try {
      await respond({ response_type: 'ephemeral', replace_original: false, text, ...withBlocks(blocks) });
    } catch (error) {
      logger.warn({ err: error }, 'a private reply was lost');
    }
  };
}

export interface ReplyPlace {
  readonly channel: string;
  readonly user: string;
  readonly thread?: string;
}

/** Where the message stands; by direct message when Slack does not let us speak there. */
export function replyBesideMessage(client: webApi.WebClient, place: ReplyPlace, logger: Log): PrivateReply {
  return async (text, blocks) => {
    const { channel, user, thread } = place;
    const inThread = thread === undefined ? {} : { thread_ts: thread };
    const message = { text, ...withBlocks(blocks) };
    try {
      await client.chat.postEphemeral({ channel, user, ...message, ...inThread });
    } catch (error) {
      logger.warn({ err: error, channel }, 'a private reply goes by direct message');
      await client.apiCall('chat.postMessage', { channel: user, ...message }).catch((second: unknown) => {
        logger.warn({ err: second }, 'a private reply was lost');
      });
    }
  };
}

function withBlocks(blocks: readonly KnownBlock[] | undefined): { blocks?: KnownBlock[] } {
  return blocks === undefined ? {} : { blocks: [...blocks] };
}
