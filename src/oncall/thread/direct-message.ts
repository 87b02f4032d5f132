import type { KnownBlock } from '@slack/types';
import { context, section } from '../../report/block-kit/build-blocks.ts';
import { escapeFence, escapeMrkdwn, inlineCode } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { clipProse } from '../../report/documents/printable.ts';
import type { Escalation, OutboxEntry } from '../core/escalation.ts';
import { hasThread, linkText } from '../core/threads.ts';
import { pageButtons, withDevices, withDevicesText } from './messages.ts';
import { actorText } from './people.ts';
import type { ThreadMessage } from './thread-port.ts';

/** With the fences below Slack's limit of 3,000 characters in a section. */
const MAX_FIX = 2800;
/** Three parts of a section, with what stands around them below the same limit. */
const MAX_PART = 900;

/** The page that a called person reads on a phone: what is wrong, the fix, why, and where. Pure. */
export function directMessage(
  escalation: Escalation,
  { level = 0, by, role }: Pick<OutboxEntry, 'level' | 'by' | 'role'>,
): ThreadMessage {
  const { text, impact, trigger, thread, id } = escalation;
  const { fix = [], note, cause, evidence } = text.finding ?? {};
  const asked = trigger.kind === 'person' ? `<@${trigger.user}>` : policyName(trigger.policy);
  const who = by === undefined ? asked : actorText(by);
  const assigned = role === 'assignee' ? ' This page is yours now.' : '';
  const earlier = level === 0 ? '' : ' Earlier calls were not answered.';
  const head = [
    `*${fitText(text.summary, proseMrkdwn)}*`,
    `You are paged by ${who}.${earlier}${assigned}`,
    ...(impact === undefined ? [] : [`Impact: ${fitText(impact, escapeMrkdwn)}`]),
  ].join('\n');
  const why = [
    ...(cause === undefined ? [] : [`*Cause* ${fitText(cause, proseMrkdwn)}`]),
    ...(evidence === undefined ? [] : [evidenceText(evidence)]),
    hasThread(thread)
      ? linkText(thread, 'Thread with the whole answer')
      : `The whole answer is not in Slack: Slack did not take it in <#${thread.channel}>.`,
  ].join('\n');
  return {
    text: withDevicesText(`${fitText(text.summary, escapeMrkdwn)}: you are paged.`, escalation),
    blocks: [
      ...withDevices([section(head), ...fixBlocks(fix, note), section(why)], escalation),
      pageButtons(id, escalation.state === 'acknowledged'),
    ],
  };
}

/** Where no policy matches, the name says which alerts page. */
function policyName(name: string): string {
  return name === 'sweep' || name.startsWith('alerts of ')
    ? escapeMrkdwn(name)
    : `the policy ${escapeMrkdwn(name)}`;
}

/** The note about a fix is small, so that cause and evidence are on the first screen of a phone too. */
function fixBlocks(fix: readonly string[], note: string | undefined): readonly KnownBlock[] {
  const lines = escapeFence(fix.join('\n'));
  // Half of a fix must not be pasted.
  const isLong = lines.length > MAX_FIX;
  const said = note === undefined ? '' : fitText(note, proseMrkdwn);
  if (lines === '' || isLong) {
    const toDo = [...(isLong ? ['The fix is in the thread: it is long.'] : []), said].join(' ').trim();
    return toDo === '' ? [] : [section(`*What to do* ${toDo}`)];
  }
  return [section(`*Fix*\n\`\`\`\n${lines}\n\`\`\``), ...(said === '' ? [] : [context(`⚠️ ${said}`)])];
}

/** Names in backticks stay code. */
function proseMrkdwn(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? inlineCode(part.slice(1, -1)) : escapeMrkdwn(part)))
    .join('');
}

/** `fgt.conf, line 5:` as text, and the line as code. */
function evidenceText(evidence: string): string {
  const [, place, line = ''] = /^(.*?, line \d+: )(.*)$/s.exec(evidence) ?? [];
  return place === undefined
    ? fitText(evidence, inlineCode)
    : `${escapeMrkdwn(truncate(place, MAX_PLACE))}${fitText(line, inlineCode)}`;
}

const MAX_PLACE = 150;

/** Escaped, and no longer than a part may be with its escapes: an escape is never cut. */
function fitText(text: string, toMrkdwn: (text: string) => string): string {
  for (let limit = MAX_PART; limit > 0; limit = Math.floor(limit * 0.8)) {
    const shown = toMrkdwn(clipProse(text, limit));
    if (shown.length <= MAX_PART) return shown;
  }
  return '';
}
