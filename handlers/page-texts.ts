import { escapeMrkdwn, inlineCode } from '../src/slack/escape.ts';
import { SLASH_COMMAND } from '../src/slack/manifest.ts';
import type { OpenPage, PageConfirmed } from './paging.ts';
import { whenText } from './past-texts.ts';

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

const STATES = {
  confirmed: 'nobody reached yet',
  paged: 'paged, not acknowledged',
  acknowledged: 'acknowledged',
} as const satisfies Record<OpenPage['state'], string>;

const NEXT = {
  confirmed: 'next: somebody has to be reached',
  paged: 'next: whoever is on call acknowledges',
  acknowledged: 'next: repair, check again, resolve',
} as const satisfies Record<OpenPage['state'], string>;

/** What whoever takes over has to know: open pages, what was found, what comes next and whose it is. */
export function handoverText(pages: readonly OpenPage[]): string {
  if (pages.length === 0) return '*Hand-over*: no page is open.';
  const lines = pages.map(({ device, summary, state, openedAt, holder, link }) =>
    [
      `• ${inlineCode(device)} since ${whenText(openedAt)}: ${escapeMrkdwn(summary)}`,
      `   ${STATES[state]}${holder === undefined ? '' : ` by ${holder}`} · ${NEXT[state]}${holder === undefined ? '' : ` (${holder})`} · <${link}|open>`,
    ].join('\n'),
  );
  return [`*Hand-over*: ${pages.length === 1 ? '1 open page' : `${pages.length} open pages`}`, ...lines].join(
    '\n',
  );
}

function inlineName(alias: string): string {
  return escapeMrkdwn(alias.replaceAll('`', ''));
}
