import type { PageConfirmed } from '../../src/requests/escalation-port.ts';
import { escapeMrkdwn, inlineCode } from '../../src/slack/escape.ts';
import { SLASH_COMMAND } from '../../src/slack/manifest.ts';

/** What people are told about pages. All of it is Slack mrkdwn. */

export const confirmedTexts: Readonly<Record<PageConfirmed, string>> = {
  paging: 'They are being paged. The thread shows who, and what becomes of it.',
  added: 'This was paged already: what you said was added to that page, and nobody was woken again.',
  gone: 'That answer is not kept any more. Please check the device again, and escalate the new answer.',
};

export const pageGoneText = 'That page is resolved already.';

export const pressEscalateText =
  'I can ask whom to page only where I may open a form: press *Escalate* below the answer.';

export function nothingToEscalateText(alias: string | undefined): string {
  const what = alias === undefined ? 'any device' : inlineCode(alias);
  return `There is no answer about ${what} yet that could be escalated. Check it first: \`${SLASH_COMMAND} ${alias === undefined ? '&lt;host&gt;' : inlineName(alias)}\`.`;
}

export function takenOverText(user: string): string {
  return `Taken over by <@${user}>`;
}

function inlineName(alias: string): string {
  return escapeMrkdwn(alias.replaceAll('`', ''));
}
