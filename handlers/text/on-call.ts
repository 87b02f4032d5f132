import type {
  EscalationRef,
  OnCallEntry,
  PagerConfirmed,
  ShiftChange,
  SilenceEntry,
} from '../../src/bot/requests/on-call-port.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import { escapeMrkdwn, inlineCode } from '../../src/report/block-kit/escape.ts';
import { slackDate, slackTime } from '../../src/report/block-kit/slack-date.ts';
import { plural } from '../../src/report/documents/printable.ts';

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

export function silencedText(silenced: Pick<SilenceEntry, 'name' | 'count' | 'until'>): string {
  return `Nobody is paged about ${silenceText(silenced)}, unless a person asks. Alerts are still checked; the pages that were not sent are listed at the end. \`${SLASH_COMMAND} silence end ${silenced.name}\` ends it.`;
}

export function silencesText(entries: readonly SilenceEntry[]): string {
  if (entries.length === 0) return 'No silence is in force for devices that you may check here.';
  const lines = entries.map((entry) => {
    const reason = entry.reason === undefined ? '' : `: ${escapeMrkdwn(entry.reason)}`;
    return `• ${silenceText(entry)}, by <@${entry.by}>${reason}`;
  });
  return ['*Silences*', ...lines].join('\n');
}

export function endedSilencesText(count: number): string {
  return count === 0
    ? 'No silence that you may end here is about these devices alone.'
    : `${plural(count, 'silence')} ended: policies, alerts and sweeps page again.`;
}

function silenceText({ name, count, until }: Pick<SilenceEntry, 'name' | 'count' | 'until'>): string {
  const size = count === 1 ? '' : ` (${plural(count, 'device')})`;
  return `${inlineCode(name)}${size} until ${slackDate(until)}`;
}

function personText(user: string | undefined): string {
  return user === undefined ? 'nobody' : `<@${user}>`;
}

/** Texts about escalations. All of them are Slack mrkdwn. */

export const confirmedTexts: Readonly<Record<PagerConfirmed, string>> = {
  paging: 'The page is being sent. The thread shows who is paged and the status.',
  added: 'On-call is already paged about this. Your text was added to that page, and nobody was paged again.',
  gone: 'That answer has expired. Please check the device again, and escalate the new answer.',
};

export const escalationGoneText = 'This page is already resolved, or belongs to another channel.';

/** Who was first, and when; undefined while no one was. */
export function takenText({ taken }: EscalationRef): string | undefined {
  if (taken === undefined) return undefined;
  const { state, by, at } = taken;
  return state === 'acknowledged'
    ? `${by} is on it since ${slackTime(at)}.`
    : `This page is already resolved: ${by}, ${slackTime(at)}.`;
}

/** `person`: a Slack user id. */
export function personCalledText(person: string): string {
  return `<@${person}> is being paged. The thread shows whether the message arrived.`;
}

export const pressEscalateText = 'I cannot open the form here. Press *Escalate* below the answer.';

export function nothingToEscalateText(alias: string | undefined): string {
  const what = alias === undefined ? 'any device' : inlineCode(alias);
  return `There is no answer about ${what} to escalate yet. Check it first: \`${SLASH_COMMAND} ${alias === undefined ? '&lt;host&gt;' : inlineName(alias)}\`.`;
}

export function takenOverText(user: string): string {
  return `Taken over by <@${user}>`;
}

function inlineName(alias: string): string {
  return escapeMrkdwn(alias.replaceAll('`', ''));
}
