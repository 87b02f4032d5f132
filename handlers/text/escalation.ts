import type { EscalationRef, PagerConfirmed } from '../../src/bot/requests/on-call-port.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import { escapeMrkdwn, inlineCode } from '../../src/report/block-kit/escape.ts';
import { slackTime } from '../../src/report/block-kit/slack-date.ts';

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
