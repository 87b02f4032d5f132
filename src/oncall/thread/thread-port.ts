import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { perform, readPageMark, slackPort, toSlackResult } from '../../bot/delivery/slack-port.ts';
import { type MessagePlace, readMessages, type WireMessage } from '../../bot/slack/read-messages.ts';
import type { Records } from '../../platform/store/records.ts';
import type { ThreadRef } from '../core/escalation.ts';
import { hasThread } from '../core/threads.ts';
import { type ThreadResult, toThreadResult } from './thread-result.ts';

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

const NO_ANSWER = { kind: 'refused', reason: 'Slack did not take the answer.' } as const;

/** Our clock may be ahead of Slack's, which stamps the messages. */
const CLOCK_SKEW_MS = 60_000;
/** Pages that one attempt reads; another attempt reads on. */
const PAGES_AT_A_TIME = 10;
const KEEP_PROGRESS_MS = 24 * 3_600_000;

/** `client` must not retry by itself (`createDeliveryClient`). `records` keep how far searches came. */
export function threadPort(client: (team: string | undefined) => webApi.WebClient, records: Records) {
  const call = <T>(work: () => Promise<T>) => toThreadResult(toSlackResult(work));

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
      const read = await call(() => readMessages(client(team), { ...place, since, cursor }));
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

  /**
   * Posts a message, unless one with the mark was posted at `since` (milliseconds since the Unix epoch) or later: posting
   * has no idempotency key. Without `since` nothing can have been posted.
   */
  async function post(
    team: string | undefined,
    place: { readonly channel: string; readonly thread?: string; readonly alsoInChannel?: boolean },
    message: ThreadMessage,
    mark: string,
    since?: number,
  ): Promise<ThreadResult<PostedAt>> {
    const { channel, thread } = place;
    if (since !== undefined) {
      const found = await find(team, { channel, thread, since }, mark, (each) =>
        readPageMark(each) === mark ? each.ts : undefined,
      );
      if (found.kind !== 'done') return found;
      if (found.value !== undefined) return { kind: 'done', value: { channel, ts: found.value } };
    }
    return await toThreadResult(slackPort(client(team)).post({ ...place, ...message, mark }));
  }

  return {
    async post(
      { team, channel, ts }: ThreadRef,
      message: ThreadMessage,
      mark: string,
      { alsoInChannel, since }: { readonly alsoInChannel?: boolean; readonly since?: number } = {},
    ) {
      if (!hasThread({ ts })) return NO_ANSWER;
      return await post(team, { channel, thread: ts, alsoInChannel }, message, mark, since);
    },
    /** Starts a thread in a channel. */
    postRoot: ({ team, channel }: ChannelRef, message: ThreadMessage, mark: string, since?: number) =>
      post(team, { channel }, message, mark, since),
    /**
     * Sends a direct message. Refused if Slack does not know the person, or does not let the bot write to them. Without the
     * optional scope `im:write` none is found before the person got one, and a crash at that moment sends it twice.
     */
    async postDirect({ user, team }: Person, message: ThreadMessage, mark: string, since?: number) {
      const opened = await openDirect(client(team), user);
      if (opened.kind !== 'done') return opened;
      // Without `im:write` a message to the user id opens the channel.
      return opened.value === undefined
        ? await post(team, { channel: user }, message, mark)
        : await post(team, { channel: opened.value }, message, mark, since);
    },
    members: (userGroup: string, team: string | undefined): Promise<ThreadResult<readonly string[]>> =>
      call(async () => {
        const { users = [] } = await client(team).usergroups.users.list({ usergroup: userGroup });
        return users;
      }),
    /** Replaces the members of a user group. Needs the optional scope `usergroups:write`. */
    setMembers: (userGroup: string, users: readonly string[], team: string | undefined) =>
      toThreadResult(
        perform(() => client(team).usergroups.users.update({ usergroup: userGroup, users: users.join(',') })),
      ),
    update: ({ team, channel }: ThreadRef, ts: string, message: ThreadMessage, mark: string) =>
      toThreadResult(slackPort(client(team)).update({ channel, ts, ...message, mark })),
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
    toSlackResult(async () => (await client.conversations.open({ users: user })).channel?.id),
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
