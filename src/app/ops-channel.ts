import type { ChannelRef } from '../oncall/thread/thread-port.ts';
import type { Config } from '../platform/config/load-config.ts';

/** The parts of a Slack client that the operations channel needs. */
export interface OpsClient {
  apiCall(method: string, args: Record<string, unknown>): Promise<unknown>;
}

/** Posts Slack mrkdwn to the operations channel. Absent if none is set. */
export type PostToOps = (text: string) => Promise<unknown>;

export function findOpsPlace({
  opsChannel: channel,
  opsTeam: team,
}: Pick<Config, 'opsChannel' | 'opsTeam'>): ChannelRef | undefined {
  return channel === undefined ? undefined : { channel, team };
}

/** `client`: that of a workspace; the team is absent if there is only one. */
export function createOpsPost(
  { opsChannel: channel, opsTeam }: Pick<Config, 'opsChannel' | 'opsTeam'>,
  client: (team: string | undefined) => OpsClient,
): PostToOps | undefined {
  if (channel === undefined) return undefined;
  return (text) =>
    client(opsTeam).apiCall('chat.postMessage', { channel, text, unfurl_links: false, unfurl_media: false });
}
