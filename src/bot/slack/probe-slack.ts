import type { webApi } from '@slack/bolt';
import { boltLogger } from './logger.ts';
import { classifySlackError } from './refusals.ts';
import { createDeliveryClient } from './web-client.ts';

/** Result of a call that only tests access. */
export type Probe<T> =
  | ({ readonly kind: 'ok' } & T)
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'away' };

export interface SlackProbe extends WorkspaceProbe {
  /** Whether Socket Mode would get a connection. */
  appToken(token: string): Promise<Probe<object>>;
}

const SILENT = boltLogger({ info() {}, warn() {}, error() {} });

/** Makes read-only calls. */
export function createSlackProbe(token: string, slackApiUrl?: string): SlackProbe {
  const settings = { logger: SILENT, slackApiUrl };
  return {
    ...probeWorkspace(createDeliveryClient(token, settings)),
    appToken: (appToken) =>
      probe(async () => {
        await createDeliveryClient(appToken, settings).apps.connections.open();
        return {};
      }),
  };
}

/** `client` must not retry by itself (`createDeliveryClient`). */
export function probeWorkspace(client: webApi.WebClient) {
  return {
    botToken: () =>
      probe(async () => {
        const { team = '', user = '', response_metadata: more } = await client.auth.test();
        return { team, bot: user, scopes: more?.scopes ?? [] };
      }),
    userGroup: (usergroup: string) =>
      probe(async () => {
        const { users = [] } = await client.usergroups.users.list({ usergroup });
        return { members: users.length };
      }),
    /** Needs no optional scope; without `channels:read` an archived channel is not recognised. */
    channel: (id: string) => probeChannel(client, id),
    /** Needs `users:read`, which is optional. */
    user: (id: string) =>
      probe(async () => {
        const { user } = await client.users.info({ user: id });
        return { deleted: user?.deleted ?? false };
      }),
    /** Ids of the public channels that are not archived, by name; needs `channels:read`, which is optional. */
    channels: () => probe(async () => ({ ids: await channelIds(client) })),
  };
}

/** Read-only calls in one workspace. */
export type WorkspaceProbe = ReturnType<typeof probeWorkspace>;

async function probeChannel(
  client: webApi.WebClient,
  channel: string,
): Promise<Probe<{ readonly member: boolean; readonly archived: boolean }>> {
  const info = await probe(async () => {
    const { channel: found } = await client.conversations.info({ channel });
    return { member: found?.is_member ?? false, archived: found?.is_archived ?? false };
  });
  if (info.kind !== 'refused' || info.error !== 'missing_scope') return info;
  // Only members may read messages, for which the bot has the scope anyway.
  const read = await probe(async () => {
    await client.conversations.history({ channel, limit: 1 });
    return { member: true, archived: false };
  });
  const isOutside = read.kind === 'refused' && read.error === 'not_in_channel';
  return isOutside ? { kind: 'ok', member: false, archived: false } : read;
}

/** A workspace may have thousands; this many are enough for a choice and a look-up by name. */
const MAX_CHANNELS = 5_000;

async function channelIds(client: webApi.WebClient): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({ exclude_archived: true, limit: 1000, cursor });
    for (const { id, name } of page.channels ?? []) if (id && name) ids.set(name, id);
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined && ids.size < MAX_CHANNELS);
  return ids;
}

async function probe<T extends object>(callSlack: () => Promise<T>): Promise<Probe<T>> {
  try {
    return { kind: 'ok', ...(await callSlack()) };
  } catch (error) {
    const failure = classifySlackError(error);
    return failure.kind === 'refused' ? failure : { kind: 'away' };
  }
}
