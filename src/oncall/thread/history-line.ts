import type { HistoryEntry } from '../core/escalation.ts';
import { actorName } from './people.ts';

/** The variable parts of an entry, in the form of the text that they become part of. Empty if there is none. */
export interface HistoryParts {
  readonly route: string;
  readonly whom: string;
  readonly reason: string;
  /** Who asked for it, acknowledged or resolved it. */
  readonly by: string;
}

/** One event of a page, as a sentence without its time. */
export function eventText(what: HistoryEntry['what'], { route, whom, reason, by }: HistoryParts): string {
  const texts = {
    opened: 'page created',
    paged: pagedText(whom, route, by),
    called: `no response: called ${whom}`,
    'not-reached': `${whom === '' ? '' : `${whom} `}not reached: ${reason}${route === '' ? '' : '; next level'}`,
    retrying: `${reason} Retrying.`,
    'route-failed': `${route} did not accept the page: ${reason}`,
    'nobody-reached': 'all routes were tried; starting again in five minutes',
    'levels-ended': `all levels of ${route} were called without an acknowledgement`,
    added: `added to this page: ${reason}`,
    'not-told': `${route} could not be updated: ${reason}`,
    acknowledged: `acknowledged by ${by}`,
    forgotten: 'not resolved in time after the acknowledgement: paging again',
    assigned: `assigned to ${whom} by ${by}`,
    resolved: `resolved by ${by}${reason === '' ? '' : `: ${reason}`}`,
  } satisfies Record<HistoryEntry['what'], string>;
  return texts[what];
}

/** The thread's history as plain text for a file. */
export function historyLine(entry: HistoryEntry, labelRoute: (route: string) => string): string {
  const { what, whom = '', by, reason = '' } = entry;
  return eventText(what, {
    route: entry.route === undefined ? '' : labelRoute(entry.route),
    whom: plain(whom),
    reason,
    by: by === undefined ? '' : actorName(by),
  });
}

/** A chosen person is paged without a route. */
function pagedText(whom: string, route: string, who: string): string {
  if (route === '') return `paged ${whom}, as ${who} asked`;
  return whom === '' ? `paged by ${route}` : `paged ${whom} by ${route}`;
}

/** `<@U012>` and `<!subteam^S012>` have no meaning outside Slack. */
function plain(whom: string): string {
  return whom
    .replace(/<@[UW][A-Z0-9]+>/g, 'a person in Slack')
    .replace(/<!subteam\^S[A-Z0-9]+>/g, 'a group in Slack');
}
