import { isDirectMessage, type Run } from '../../platform/runs/run.ts';
import { messageLink } from '../../report/block-kit/message-link.ts';
import type { ThreadRef } from './escalation.ts';

/** The thread of a run's answer; undefined while nothing of it is posted, or if Slack refused the answer there. */
export function answerThread(run: Run): ThreadRef | undefined {
  const { team, channel, thread } = run.replyTo;
  const ts = thread ?? run.rootTs;
  return ts === undefined || run.answerRefused !== undefined ? undefined : { channel, ts, team };
}

/** The thread of a run's answer, or the channel in which it should be. */
export function threadOrChannel(run: Run): ThreadRef {
  const { team, channel } = run.replyTo;
  return answerThread(run) ?? { channel, ts: NO_THREAD, team };
}

/** Timestamp of a thread that does not exist, because Slack did not take the answer. */
const NO_THREAD = '';

export function hasThread({ ts }: Pick<ThreadRef, 'ts'>): boolean {
  return ts !== NO_THREAD;
}

/** Without a thread it opens the channel. */
export function threadLink({ channel, ts }: Pick<ThreadRef, 'channel' | 'ts'>): string {
  return hasThread({ ts }) ? messageLink(channel, ts) : `https://slack.com/archives/${channel}`;
}

/** `undefined` in a direct message, which only the person who asked can open. */
export function openableLink(thread: Pick<ThreadRef, 'channel' | 'ts'>): string | undefined {
  return isDirectMessage(thread.channel) ? undefined : threadLink(thread);
}

/** The same in mrkdwn; only the person who asked can open a direct message. */
export function linkText(thread: Pick<ThreadRef, 'channel' | 'ts'>, label: string): string {
  return isDirectMessage(thread.channel) ? IN_DIRECT_MESSAGE : `<${threadLink(thread)}|${label}>`;
}

const IN_DIRECT_MESSAGE = 'the answer is in a direct message of the person who asked';

/** The last line of a page or note, as plain text. */
export function whereText(thread: Pick<ThreadRef, 'channel' | 'ts'>): string {
  if (isDirectMessage(thread.channel)) return `Thread: ${IN_DIRECT_MESSAGE}.`;
  return hasThread(thread)
    ? `Thread: ${threadLink(thread)}`
    : `The answer is not in Slack: Slack did not take it in the channel ${threadLink(thread)}`;
}
