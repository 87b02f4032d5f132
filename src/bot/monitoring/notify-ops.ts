import type { Config } from '../../platform/config/load-config.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Records } from '../../platform/store/records.ts';

export interface NotifyOpsOptions extends Pick<Dependencies, 'now'> {
  readonly records: Pick<Records, 'get' | 'put'>;
  readonly post: PostToOps;
}

/** Resolves with true if any process posted the state, with false if the call should be repeated. */
export type NotifyOps = (text: string, isWell: boolean) => Promise<boolean>;

/** The last notice of each state, in milliseconds since the Unix epoch. */
interface LastNotice {
  readonly isWell: boolean;
  readonly wellAt?: number;
  readonly unwellAt?: number;
}

const KEY = 'ops-said';
const RETENTION_MS = 365 * 24 * 3_600_000;
/** A state that changes back and forth is not reported more often. */
const MIN_INTERVAL_MS = 10 * 60_000;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * All processes together post one message per state change. The last message is correct, at most ten minutes late.
 */
export function createNotifyOps({ records, now, post }: NotifyOpsOptions): NotifyOps {
  return async (text, isWell) => {
    // If the store is unavailable, posting twice is better than not posting.
    const stored = await records.get(KEY).catch(() => 'unknown' as const);
    if (stored === 'unknown') {
      await post(text);
      return true;
    }
    const last: LastNotice = stored ? (JSON.parse(stored.text) as LastNotice) : { isWell: true };
    if (last.isWell === isWell) return true;
    const at = now();
    if (at - ((isWell ? last.wellAt : last.unwellAt) ?? NEVER) < MIN_INTERVAL_MS) return false;
    const next = { ...last, isWell, [isWell ? 'wellAt' : 'unwellAt']: at };
    const version = stored?.version ?? 0;
    if (!(await records.put(KEY, JSON.stringify(next), version, RETENTION_MS))) return false;
    try {
      await post(text);
      return true;
    } catch (error) {
      await records.put(KEY, JSON.stringify(last), version + 1, RETENTION_MS).catch(() => undefined);
      throw error;
    }
  };
}

export interface OpsClient {
  apiCall(method: string, args: Record<string, unknown>): Promise<unknown>;
}

/** Posts Slack mrkdwn to the operations channel. Absent if none is set. */
export type PostToOps = (text: string) => Promise<unknown>;

type OpsConfig = Pick<Config, 'opsChannel' | 'opsTeam'>;

export function findOpsPlace({ opsChannel: channel, opsTeam: team }: OpsConfig) {
  return channel === undefined ? undefined : { channel, team };
}

/** `client`: that of a workspace; the team is absent if there is only one. */
export function createOpsPost(
  { opsChannel: channel, opsTeam }: OpsConfig,
  client: (team: string | undefined) => OpsClient,
): PostToOps | undefined {
  if (channel === undefined) return undefined;
  return (text) =>
    client(opsTeam).apiCall('chat.postMessage', { channel, text, unfurl_links: false, unfurl_media: false });
}
