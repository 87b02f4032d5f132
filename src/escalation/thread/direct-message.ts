import { escapeFence, escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { truncate } from '../../block-kit/limits.ts';
import { hasThread } from '../core/answer-thread.ts';
import type { Escalation, OutboxEntry } from '../core/escalation.ts';
import { threadLink } from '../core/thread-link.ts';
import { actions, section } from './messages.ts';
import { actorText } from './people.ts';
import type { ThreadMessage } from './thread-port.ts';

const MAX_TEXT = 2900;
/** With the fences below Slack's limit of 3,000. */
const MAX_FIX = 2800;
const MAX_EVIDENCE = 300;
const MAX_NOTE = 700;
const MAX_CAUSE = 1500;

/** The page that a called person reads on a phone: what is wrong, the fix, why, and where. Pure. */
export function directMessage(
  escalation: Escalation,
  { level = 0, by, role }: Pick<OutboxEntry, 'level' | 'by' | 'role'>,
): ThreadMessage {
  const { text, impact, trigger, thread, id } = escalation;
  const { fix = [], note, cause, evidence } = text.finding ?? {};
  const asked =
    trigger.kind === 'person' ? `<@${trigger.user}>` : `the policy ${escapeMrkdwn(trigger.policy)}`;
  const who = by === undefined ? asked : actorText(by);
  const assigned = role === 'assignee' ? ' This page is yours now.' : '';
  const earlier = level === 0 ? '' : ' Earlier calls were not answered.';
  const head = [
    `*${escapeMrkdwn(text.summary)}*`,
    `You are paged by ${who}.${earlier}${assigned}`,
    ...(impact === undefined ? [] : [`Impact: ${escapeMrkdwn(impact)}`]),
  ].join('\n');
  const lines = escapeFence(fix.join('\n'));
  // Half of a fix must not be pasted.
  const isLong = lines.length > MAX_FIX;
  const why = [
    ...(isLong ? ['The fix is in the thread: it is long.'] : []),
    ...(note === undefined ? [] : [truncate(escapeMrkdwn(note), MAX_NOTE)]),
    ...(cause === undefined ? [] : [`*Cause* ${truncate(escapeMrkdwn(cause), MAX_CAUSE)}`]),
    ...(evidence === undefined ? [] : [inlineCode(truncate(evidence, MAX_EVIDENCE))]),
    hasThread(thread)
      ? `<${threadLink(thread)}|Thread with the whole answer>`
      : `The whole answer is not in Slack: Slack did not take it in <#${thread.channel}>.`,
  ].join('\n');
  return {
    text: truncate(`${escapeMrkdwn(text.summary)}: you are paged.`, MAX_TEXT),
    blocks: [
      section(truncate(head, MAX_TEXT)),
      ...(lines === '' || isLong ? [] : [section(`*Fix*\n\`\`\`\n${lines}\n\`\`\``)]),
      section(truncate(why, MAX_TEXT)),
      actions(id, escalation.state === 'acknowledged'),
    ],
  };
}
