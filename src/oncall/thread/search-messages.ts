import type { webApi } from '@slack/bolt';
import { type MessagePlace, readMessages, type WireMessage } from '../../bot/slack/read-messages.ts';
import type { SearchProgress } from '../store/search-progress.ts';
import { type ThreadResult, toThreadResult } from './thread-result.ts';

export interface MessageSearch<T> {
  readonly client: webApi.WebClient;
  readonly place: MessagePlace;
  /** Identifies the search among those in the same workspace. */
  readonly id: string;
  readonly pick: (message: WireMessage) => T | undefined;
  readonly progress: SearchProgress;
}

/** Our clock may be ahead of Slack's, which stamps the messages. */
const CLOCK_SKEW_MS = 60_000;
/** Pages that one attempt reads; another attempt reads on. */
const PAGES_AT_A_TIME = 10;

/**
 * Searches a thread or channel to its end: "not found" means that a message is posted (again), so it must not be said
 * before. Slack lets apps that are distributed outside its Marketplace read 15 messages a minute; how far an attempt
 * came is kept, or else none would come further than the first page.
 */
export async function searchMessages<T>(search: MessageSearch<T>): Promise<ThreadResult<T | undefined>> {
  const { client, place, progress } = search;
  const since = Math.max(0, place.since - CLOCK_SKEW_MS);
  const id = `${place.channel}/${place.thread ?? ''}/${search.id}`;
  const begin = await progress.get(id);
  let cursor = begin;

  async function ended(value: T | undefined): Promise<ThreadResult<T | undefined>> {
    // A later search for the same message begins anew: it may have been posted meanwhile.
    if (cursor !== undefined) await progress.put(id, undefined);
    return { kind: 'done', value };
  }

  for (let page = 0; page < PAGES_AT_A_TIME; page += 1) {
    const read = await toThreadResult(() => readMessages(client, { ...place, since, cursor }));
    if (read.kind === 'refused' && cursor !== undefined && read.reason.endsWith('invalid_cursor')) {
      await progress.put(id, undefined);
      cursor = undefined;
      continue;
    }
    if (read.kind === 'later') return { ...read, advanced: cursor !== begin };
    if (read.kind === 'refused') return read;
    const found = firstPick(read.value.messages, search.pick);
    if (found !== undefined || read.value.next === undefined) return await ended(found);
    cursor = read.value.next;
    await progress.put(id, cursor);
  }
  return { kind: 'later', reason: 'Slack has more messages than are read at a time.', advanced: true };
}

function firstPick<T>(
  messages: readonly WireMessage[],
  pick: (message: WireMessage) => T | undefined,
): T | undefined {
  for (const message of messages) {
    const found = pick(message);
    if (found !== undefined) return found;
  }
  return undefined;
}
