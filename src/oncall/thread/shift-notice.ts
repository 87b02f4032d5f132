import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { slackDate } from '../../report/block-kit/slack-date.ts';
import { section } from './messages.ts';
import type { ThreadMessage } from './thread-port.ts';

/** Tells a person by direct message that somebody changed who is on call. Pure. */
export function shiftNotice(shift: {
  readonly schedule: string;
  readonly user: string;
  readonly by: string;
  readonly until: number;
}): ThreadMessage {
  const { schedule, user, by, until } = shift;
  const text = `<@${user}> is on call for ${escapeMrkdwn(schedule)} until ${slackDate(until)}, set by <@${by}>.`;
  return { text, blocks: [section(text)] };
}
