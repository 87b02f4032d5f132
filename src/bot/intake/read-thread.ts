import type { webApi } from '@slack/bolt';
import { type IncomingMessage, isFromPerson, readMessage } from './incoming-message.ts';

const PAGE_SIZE = 200;
/** 5,000 replies. Slack returns the oldest first, so the newest log of a long thread is on the last page. */
const MAX_PAGES = 25;

export interface ThreadPlace {
  readonly channel: string;
  readonly thread: string;
  /** The bot's own user id, whose messages are left out. */
  readonly botUserId?: string | undefined;
}

/** The messages of people in a thread, oldest first, in pages. Rejects as the Web API client does. */
export async function* readThread(
  client: webApi.WebClient,
  { channel, thread, botUserId }: ThreadPlace,
): AsyncGenerator<readonly IncomingMessage[]> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { messages = [], response_metadata: more } = await client.conversations.replies({
      channel,
      ts: thread,
      limit: PAGE_SIZE,
      cursor,
    });
    yield messages
      .flatMap((message) => readMessage({ ...message, channel }) ?? [])
      .filter((message) => isFromPerson(message, botUserId));
    cursor = more?.next_cursor;
    if (cursor === undefined || cursor === '') return;
  }
}
