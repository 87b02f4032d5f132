import type { webApi } from '@slack/bolt';

/** As the Web API declares it; threads have the same messages as channels. */
export type WireMessage = NonNullable<webApi.ConversationsHistoryResponse['messages']>[number];

export interface MessagePlace {
  readonly channel: string;
  /** Timestamp of the thread's root; absent for the channel itself. */
  readonly thread?: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
  readonly cursor?: string | undefined;
}

const PAGE_SIZE = 200;

/** Reads one page of messages with their metadata, and the cursor of the next. Rejects as the Web API client does. */
export async function readMessages(
  client: webApi.WebClient,
  { channel, thread, since, cursor }: MessagePlace,
): Promise<{ readonly messages: readonly WireMessage[]; readonly next?: string }> {
  const request = {
    channel,
    include_all_metadata: true,
    oldest: (since / 1000).toFixed(6),
    limit: PAGE_SIZE,
    cursor,
  };
  const { messages = [], response_metadata: more } = await (thread === undefined
    ? client.conversations.history(request)
    : client.conversations.replies({ ...request, ts: thread }));
  return { messages, next: more?.next_cursor || undefined };
}
