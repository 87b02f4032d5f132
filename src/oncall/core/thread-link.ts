import { hasThread } from './answer-thread.ts';
import type { ThreadRef } from './escalation.ts';

/**
 * The link opens the message in the workspace the reader is signed in to, and needs no call to Slack. Without a thread
 * it opens the channel.
 */
export function threadLink({ channel, ts }: Pick<ThreadRef, 'channel' | 'ts'>): string {
  const base = `https://slack.com/archives/${channel}`;
  return hasThread({ ts }) ? `${base}/p${ts.replace('.', '')}` : base;
}

/** The last line of a page or note, as plain text. */
export function whereText(thread: Pick<ThreadRef, 'channel' | 'ts'>): string {
  return hasThread(thread)
    ? `Thread: ${threadLink(thread)}`
    : `The answer is not in Slack: Slack did not take it in the channel ${threadLink(thread)}`;
}
