import type { HistoryEntry } from '../core/escalation.ts';

/** The thread's history as plain text for a file; people appear as Slack ids if only these are known. */
export function historyLine(entry: HistoryEntry, labelOf: (route: string) => string): string {
  const { what, whom = '', by, reason = '' } = entry;
  const route = entry.route === undefined ? '' : labelOf(entry.route);
  const who = by?.name ?? by?.user ?? 'somebody';
  const texts = {
    opened: 'page created',
    paged: whom === '' ? `paged by ${route}` : `paged ${plain(whom)} by ${route}`,
    called: `no response: called ${plain(whom)}`,
    'not-reached': `${whom === '' ? '' : `${plain(whom)} `}not reached: ${reason}`,
    retrying: `${reason} Retrying.`,
    'route-failed': `${route} did not accept the page: ${reason}`,
    'nobody-reached': 'all routes were tried; starting again with the first',
    'ladder-ended': `all steps of ${route} were called without an acknowledgement`,
    added: `added to the page: ${reason}`,
    'not-told': `${route} could not be updated: ${reason}`,
    acknowledged: `acknowledged by ${who}`,
    resolved: `resolved by ${who}`,
  } satisfies Record<HistoryEntry['what'], string>;
  return texts[what];
}

/** `<@U012>` and `<!subteam^S012>` have no meaning outside Slack. */
function plain(whom: string): string {
  return whom.replace(/<@([UW][A-Z0-9]+)>/g, '$1').replace(/<!subteam\^(S[A-Z0-9]+)>/g, 'group $1');
}
