import type { OnCallEntry, ShiftChange } from '../../src/bot/requests/on-call-port.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import { inlineCode } from '../../src/report/block-kit/escape.ts';
import { slackDate } from '../../src/report/block-kit/slack-date.ts';

/** Who is on call by each schedule; Slack mrkdwn for one person. */
export function onCallText(entries: readonly OnCallEntry[]): string {
  if (entries.length === 0) {
    return 'The inventory has no schedules. The operator of ftm-check can add them under `escalation`.';
  }
  const lines = entries.map(({ schedule, user, until, next, calendarFailedAt: failedAt }) => {
    const end = until === undefined ? '' : ` until ${slackDate(until)}, then ${personText(next)}`;
    const copy = failedAt === undefined ? '' : ` · calendar not readable since ${slackDate(failedAt)}`;
    return `• ${inlineCode(schedule)}: ${personText(user)}${end}${copy}`;
  });
  return ['*On call*', ...lines, `Take the shift: \`${SLASH_COMMAND} oncall take\`.`].join('\n');
}

export function shiftText(changed: ShiftChange): string {
  if (changed.kind === 'taken') {
    return `<@${changed.user}> is on call for ${inlineCode(changed.schedule)} until ${slackDate(changed.until)}. \`${SLASH_COMMAND} oncall release\` ends that.`;
  }
  if (changed.kind === 'released') {
    return changed.count === 0
      ? `Nobody had taken a shift of ${inlineCode(changed.schedule)}.`
      : `${inlineCode(changed.schedule)} follows the inventory again.`;
  }
  return changed.known.length === 0
    ? 'The inventory has no schedules.'
    : `Which schedule? ${changed.known.map(inlineCode).join(', ')}`;
}

function personText(user: string | undefined): string {
  return user === undefined ? 'nobody' : `<@${user}>`;
}
