import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { type MessagePlace, readMessages, type WireMessage } from '../../bot/slack/read-messages.ts';
import type { Records } from '../../platform/store/records.ts';
import type { ThreadRef } from '../core/escalation.ts';
import { hasThread } from '../core/threads.ts';
import { type ThreadResult, toThreadResult } from './thread-result.ts';
/* oxlint-disable unicorn/require-post-message-target-origin -- Slack's chat.postMessage, not a window's */

export interface ThreadMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
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

/** Where a message stands. The channel of a direct message has an id of its own. */
export interface PostedAt {
  readonly channel: string;
  readonly ts: string;
}

const EVENT_TYPE = 'ftm_check_page';
const NO_ANSWER = { kind: 'refused', reason: 'Slack did not take the answer.' } as const;

/** Our clock may be ahead of Slack's, which stamps the messages. */
const CLOCK_SKEW_MS = 60_000;
/** Pages that one attempt reads; another attempt reads on. */
const PAGES_AT_A_TIME = 10;
const KEEP_PROGRESS_MS = 24 * 3_600_000;

/** `client` must not retry by itself (`createDeliveryClient`). `records` keep how far searches came. */
export function threadPort(client: (team: string | undefined) => webApi.WebClient, records: Records) {
  async function post(
    team: string | undefined,
    channel: string,
    { text, blocks }: ThreadMessage,
    mark: string,
    place: { readonly thread?: string; readonly alsoInChannel?: boolean } = {},
  ): Promise<ThreadResult<PostedAt>> {
    const { thread, alsoInChannel = false } = place;
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
      const posted = await (thread === undefined
        ? chat.postMessage(content)
        : alsoInChannel
          ? chat.postMessage({ ...content, thread_ts: thread, reply_broadcast: true })
          : chat.postMessage({ ...content, thread_ts: thread }));
      return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
    });
  }

  /**
   * Searches a thread or channel to its end: "not found" means that a message is posted (again), so it must not be said
   * before. Slack lets apps that are distributed outside its Marketplace read 15 messages a minute; how far an attempt
   * came is kept for another one in any process, or else none would come further than the first page. `id` identifies
   * the search among those in the same place.
   */
  async function find<T>(
    team: string | undefined,
    place: MessagePlace,
    id: string,
    pick: (message: WireMessage) => T | undefined,
  ): Promise<ThreadResult<T | undefined>> {
    const since = Math.max(0, place.since - CLOCK_SKEW_MS);
    const key = `slack-search:${place.channel}/${place.thread ?? ''}/${id}`;
    const begin = (await records.get(key))?.text || undefined;
    let cursor = begin;

    /** Slack's cursor of the next page; undefined at the beginning. */
    async function moveTo(next: string | undefined): Promise<void> {
      cursor = next;
      // Another process that wrote meanwhile came as far.
      await records.put(key, next ?? '', (await records.get(key))?.version ?? 0, KEEP_PROGRESS_MS);
    }

    for (let page = 0; page < PAGES_AT_A_TIME; page += 1) {
      const read = await toThreadResult(() => readMessages(client(team), { ...place, since, cursor }));
      if (read.kind === 'refused' && cursor !== undefined && read.reason.endsWith('invalid_cursor')) {
        await moveTo(undefined);
        continue;
      }
      if (read.kind === 'later') return { ...read, advanced: cursor !== begin };
      if (read.kind === 'refused') return read;
      const { messages, next } = read.value;
      const found = messages.map(pick).find((each) => each !== undefined);
      if (found !== undefined || next === undefined) {
        // A later search for the same message begins anew: it may have been posted meanwhile.
        if (cursor !== undefined) await moveTo(undefined);
        return { kind: 'done', value: found };
      }
      await moveTo(next);
    }
    return { kind: 'later', reason: 'Slack has more messages than are read at a time.', advanced: true };
  }

  const findMarked = (team: string | undefined, place: MessagePlace, mark: string) =>
    find(team, place, mark, (message): PostedAt | undefined =>
      readMark(message) === mark ? { channel: place.channel, ts: message.ts ?? '' } : undefined,
    );

  return {
    async post(
      { team, channel, ts }: ThreadRef,
      message: ThreadMessage,
      mark: string,
      { alsoInChannel = false }: { readonly alsoInChannel?: boolean } = {},
    ) {
      if (!hasThread({ ts })) return NO_ANSWER;
      return await post(team, channel, message, mark, { thread: ts, alsoInChannel });
    },
    /**
     * Starts a thread in a channel, unless a message with the mark was posted at `since` (milliseconds since the Unix
     * epoch) or later: posting has no idempotency key. Without `since` nothing can have been posted.
     */
    async postRoot({ team, channel }: ChannelRef, message: ThreadMessage, mark: string, since?: number) {
      const found = since === undefined ? undefined : await findMarked(team, { channel, since }, mark);
      if (found !== undefined && (found.kind !== 'done' || found.value !== undefined)) {
        return found as ThreadResult<PostedAt>;
      }
      return await post(team, channel, message, mark);
    },
    /** Sends a direct message. Refused if Slack does not know the person, or does not let the bot write to them. */
    async postDirect({ user, team }: Person, message: ThreadMessage, mark: string) {
      const opened = await openDirect(client(team), user);
      if (opened.kind !== 'done') return opened;
      // Without `im:write` a message to the user id opens the channel.
      return await post(team, opened.value ?? user, message, mark);
    },
    /**
     * A direct message of this app. Without the optional scope `im:write` none is found before the person got one, and a
     * crash at that moment sends it twice.
     */
    async findDirect(
      { user, team }: Person,
      mark: string,
      since: number,
    ): Promise<ThreadResult<PostedAt | undefined>> {
      const opened = await openDirect(client(team), user);
      if (opened.kind !== 'done') return opened;
      const channel = opened.value;
      if (channel === undefined) return { kind: 'done', value: undefined };
      return await findMarked(team, { channel, since }, mark);
    },
    members: (userGroup: string, team: string | undefined): Promise<ThreadResult<readonly string[]>> =>
      toThreadResult(async () => {
        const { users = [] } = await client(team).usergroups.users.list({ usergroup: userGroup });
        return users;
      }),
    /** Replaces the members of a user group. Needs the optional scope `usergroups:write`. */
    setMembers: (userGroup: string, users: readonly string[], team: string | undefined) =>
      toThreadResult(async () => {
        await client(team).usergroups.users.update({ usergroup: userGroup, users: users.join(',') });
        return null;
      }),
    update: ({ team, channel }: ThreadRef, ts: string, { text, blocks }: ThreadMessage, mark: string) =>
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
    /** A message of this app, posted at `since` (milliseconds since the Unix epoch) or later. */
    async find({ team, channel, ts }: ThreadRef, mark: string, since: number) {
      if (!hasThread({ ts })) return NO_ANSWER;
      return await findMarked(team, { channel, thread: ts, since }, mark);
    },
    /** Whether a person wrote or reacted in the thread after `since`. */
    async hasReaction({ team, channel, ts }: ThreadRef, since: number): Promise<ThreadResult<boolean>> {
      const found = await find(team, { channel, thread: ts, since: 0 }, `reaction/${since}`, (message) =>
        isPersonActivity(message, since) ? true : undefined,
      );
      return found.kind === 'done' ? { kind: 'done', value: found.value ?? false } : found;
    },
  };
}

/** The Slack calls of an escalation. Each is made once; `mark` finds a message again. */
export type ThreadPort = ReturnType<typeof threadPort>;

/** The id of the person's direct message channel; undefined without the optional scope `im:write`. */
async function openDirect(client: webApi.WebClient, user: string): Promise<ThreadResult<string | undefined>> {
  const opened = await toThreadResult(
    async () => (await client.conversations.open({ users: user })).channel?.id,
  );
  const hasNoScope = opened.kind === 'refused' && opened.reason.endsWith('missing_scope');
  return hasNoScope ? { kind: 'done', value: undefined } : opened;
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
