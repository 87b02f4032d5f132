import type { webApi } from '@slack/bolt';

export interface LinkTarget {
  readonly team?: string | undefined;
  readonly channel: string;
  readonly ts: string;
  /** The thread's root, if the message is a reply. */
  readonly thread?: string | undefined;
}

/** More links than people view at a time; beyond this number the oldest is dropped. */
const MAX_CACHED = 2000;
/** A list with links must not wait longer for Slack. */
const TIMEOUT_MS = 1500;

/**
 * Links to messages, from `chat.getPermalink`: a reply opens its thread. Never rejects: if Slack refuses, or is slow,
 * the link is made from the ids, and Slack is asked again the next time.
 */
export function createPermalinks(
  client: (team: string | undefined) => webApi.WebClient,
): (message: LinkTarget) => Promise<string> {
  const known = new Map<string, string>();
  return async (message) => {
    const { team = '', channel, ts } = message;
    const key = `${team} ${channel} ${ts}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const link = await ask(client(message.team), { channel, ts });
    if (link === undefined) return linkFromIds(message);
    const [oldest] = known.keys();
    if (known.size >= MAX_CACHED && oldest !== undefined) known.delete(oldest);
    known.set(key, link);
    return link;
  };
}

async function ask(
  client: webApi.WebClient,
  { channel, ts }: Pick<LinkTarget, 'channel' | 'ts'>,
): Promise<string | undefined> {
  const { promise: tooLong, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
  try {
    const asked = client.chat.getPermalink({ channel, message_ts: ts });
    const answer = await Promise.race([asked.catch(() => undefined), tooLong]);
    const link = answer?.permalink;
    // The link is part of mrkdwn, where these characters would end it.
    return link !== undefined && /^https:\/\/[^\s<>|]+$/.test(link) ? link : undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Slack finds the workspace by the channel's id, and the thread by the root's timestamp. */
function linkFromIds({ channel, ts, thread }: LinkTarget): string {
  const id = encodeURIComponent(channel);
  const message = `https://slack.com/archives/${id}/p${ts.replace('.', '')}`;
  return thread === undefined || thread === ts ? message : `${message}?thread_ts=${thread}&cid=${id}`;
}
