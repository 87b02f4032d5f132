/* oxlint-disable unicorn/require-post-message-target-origin -- Slack's chat.postMessage, not a window's */
import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { MessagePlace, WireMessage } from '../../bot/slack/read-messages.ts';
import type { Records } from '../../platform/store/records.ts';
import { hasThread } from '../core/answer-thread.ts';
import type { ThreadRef } from '../core/escalation.ts';
import { createSearchProgress } from '../store/search-progress.ts';
import { searchMessages } from './search-messages.ts';
import { type ThreadResult, toThreadResult } from './thread-result.ts';

export interface ThreadMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** The Slack calls of an escalation. Each is made once; `mark` finds a message again. */
export interface ThreadPort {
  post(
    thread: ThreadRef,
    message: ThreadMessage,
    mark: string,
    options?: { readonly alsoInChannel?: boolean },
  ): Promise<ThreadResult<string>>;
  update(thread: ThreadRef, ts: string, message: ThreadMessage, mark: string): Promise<ThreadResult<null>>;
  /** A message of this app, posted at `since` (milliseconds since the Unix epoch) or later. */
  find(thread: ThreadRef, mark: string, since: number): Promise<ThreadResult<string | undefined>>;
  /** Whether a person wrote or reacted in the thread after `since`. */
  hasReaction(thread: ThreadRef, since: number): Promise<ThreadResult<boolean>>;
  /** Starts a thread in a channel. */
  postRoot(place: ChannelRef, message: ThreadMessage, mark: string): Promise<ThreadResult<string>>;
  findRoot(place: ChannelRef, mark: string, since: number): Promise<ThreadResult<string | undefined>>;
  /** Sends a direct message. Refused if Slack does not know the person, or does not let the bot write to them. */
  postDirect(person: Person, message: ThreadMessage, mark: string): Promise<ThreadResult<DirectMessage>>;
  /**
   * A direct message of this app. Without the optional scope `im:write` none is found before the person got one, and a
   * crash at that moment sends it twice.
   */
  findDirect(person: Person, mark: string, since: number): Promise<ThreadResult<DirectMessage | undefined>>;
  /** The user ids of a user group. */
  members(userGroup: string, team: string | undefined): Promise<ThreadResult<readonly string[]>>;
  /** Replaces the members of a user group. Needs the optional scope `usergroups:write`. */
  setMembers(
    userGroup: string,
    users: readonly string[],
    team: string | undefined,
  ): Promise<ThreadResult<null>>;
}

/** `team` is absent if there is only one workspace. */
export interface ChannelRef {
  readonly channel: string;
  readonly team?: string | undefined;
}

export interface Person {
  readonly user: string;
  readonly team: string | undefined;
}

export interface DirectMessage {
  /** Id of the direct message channel. */
  readonly channel: string;
  readonly ts: string;
}

const EVENT_TYPE = 'ftm_check_page';
const NO_ANSWER = { kind: 'refused', reason: 'Slack did not take the answer.' } as const;

/** `client` must not retry by itself (`createDeliveryClient`). `records` keep how far searches came. */
export function threadPort(
  client: (team: string | undefined) => webApi.WebClient,
  records: Records,
): ThreadPort {
  const progress = createSearchProgress(records);

  async function post(
    team: string | undefined,
    channel: string,
    { text, blocks }: ThreadMessage,
    mark: string,
    place: { readonly thread: string; readonly alsoInChannel: boolean } | undefined,
  ): Promise<ThreadResult<DirectMessage>> {
    const content = {
      channel,
      text,
      blocks: [...blocks],
      metadata: buildMetadata(mark),
      unfurl_links: false,
      unfurl_media: false,
    };
    return toThreadResult(async () => {
      const { chat } = client(team);
      const posted = await (place === undefined
        ? chat.postMessage(content)
        : place.alsoInChannel
          ? chat.postMessage({ ...content, thread_ts: place.thread, reply_broadcast: true })
          : chat.postMessage({ ...content, thread_ts: place.thread }));
      return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
    });
  }

  async function find<T>(
    team: string | undefined,
    place: MessagePlace,
    id: string,
    pick: (message: WireMessage) => T | undefined,
  ): Promise<ThreadResult<T | undefined>> {
    return await searchMessages({ client: client(team), place, id, pick, progress });
  }

  return {
    async post({ team, channel, ts }, message, mark, { alsoInChannel = false } = {}) {
      if (!hasThread({ ts })) return NO_ANSWER;
      return toTimestamp(await post(team, channel, message, mark, { thread: ts, alsoInChannel }));
    },
    postRoot: async ({ team, channel }, message, mark) =>
      toTimestamp(await post(team, channel, message, mark, undefined)),
    async postDirect({ user, team }, message, mark) {
      const opened = await openDirect(client(team), user);
      if (opened.kind !== 'done') return opened;
      // Without `im:write` a message to the user id opens the channel.
      return post(team, opened.value ?? user, message, mark, undefined);
    },
    async findDirect({ user, team }, mark, since) {
      const opened = await openDirect(client(team), user);
      if (opened.kind !== 'done') return opened;
      const channel = opened.value;
      if (channel === undefined) return { kind: 'done', value: undefined };
      return find(team, { channel, since }, mark, (message) =>
        readMark(message) === mark ? { channel, ts: message.ts ?? '' } : undefined,
      );
    },
    members: (userGroup, team) =>
      toThreadResult(async () => {
        const { users = [] } = await client(team).usergroups.users.list({ usergroup: userGroup });
        return users;
      }),
    setMembers: (userGroup, users, team) =>
      toThreadResult(async () => {
        await client(team).usergroups.users.update({ usergroup: userGroup, users: users.join(',') });
        return null;
      }),
    update: ({ team, channel }, ts, { text, blocks }, mark) =>
      toThreadResult(async () => {
        await client(team).chat.update({
          channel,
          ts,
          text,
          blocks: [...blocks],
          metadata: buildMetadata(mark),
        });
        return null;
      }),
    async find({ team, channel, ts }, mark, since) {
      if (!hasThread({ ts })) return NO_ANSWER;
      return await find(team, { channel, thread: ts, since }, mark, (message) =>
        readMark(message) === mark ? message.ts : undefined,
      );
    },
    findRoot: ({ team, channel }, mark, since) =>
      find(team, { channel, since }, mark, (message) =>
        readMark(message) === mark ? message.ts : undefined,
      ),
    async hasReaction({ team, channel, ts }, since) {
      const found = await find(team, { channel, thread: ts, since: 0 }, `reaction/${since}`, (message) =>
        isPersonActivity(message, since) ? true : undefined,
      );
      return found.kind === 'done' ? { kind: 'done', value: found.value ?? false } : found;
    },
  };
}

/** The id of the person's direct message channel; undefined without the optional scope `im:write`. */
async function openDirect(client: webApi.WebClient, user: string): Promise<ThreadResult<string | undefined>> {
  const opened = await toThreadResult(
    async () => (await client.conversations.open({ users: user })).channel?.id,
  );
  const hasNoScope = opened.kind === 'refused' && opened.reason.endsWith('missing_scope');
  return hasNoScope ? { kind: 'done', value: undefined } : opened;
}

function toTimestamp(posted: ThreadResult<DirectMessage>): ThreadResult<string> {
  return posted.kind === 'done' ? { kind: 'done', value: posted.value.ts } : posted;
}

/** A later reply, or any emoji: Slack does not say when an emoji was set, and any shows that a person is looking. */
function isPersonActivity(
  { ts, user, bot_id: bot, subtype, reactions }: WireMessage,
  since: number,
): boolean {
  if (reactions !== undefined && reactions.length > 0) return true;
  const isPerson = user !== undefined && bot === undefined && (subtype ?? 'file_share') === 'file_share';
  return isPerson && Number(ts) * 1000 > since;
}

function buildMetadata(mark: string) {
  return { event_type: EVENT_TYPE, event_payload: { mark } };
}

function readMark({ metadata }: WireMessage): string | undefined {
  if (metadata?.event_type !== EVENT_TYPE) return undefined;
  const { mark } = (metadata.event_payload ?? {}) as { readonly mark?: unknown };
  return typeof mark === 'string' ? mark : undefined;
}
