/** The parts of a Slack client that the operations channel needs. */
export interface OpsClient {
  apiCall(method: string, args: Record<string, unknown>): Promise<unknown>;
}

/** Posts Slack mrkdwn to the operations channel. Absent where none is set. */
export type PostToOps = (text: string) => Promise<unknown>;

export function createOpsPost(channel: string | undefined, client: () => OpsClient): PostToOps | undefined {
  if (channel === undefined) return undefined;
  return (text) =>
    client().apiCall('chat.postMessage', { channel, text, unfurl_links: false, unfurl_media: false });
}
