import type { EscalationLevel, Schedule } from '../../platform/config/escalation-schema.ts';
import { askerName, isSlackUser } from '../../platform/runs/run.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import type { Actor, HistoryEntry } from '../core/escalation.ts';
import { listOnCall } from '../schedule/on-call.ts';

/** Returns whom a level calls at `at`, as Slack mrkdwn that notifies them. */
export function mentionLevel(
  level: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  at: number,
): { readonly mention: string } | { readonly nobody: string } {
  if ('user' in level) return { mention: `<@${level.user}>` };
  if ('userGroup' in level) return { mention: `<!subteam^${level.userGroup}>` };
  const schedule = schedules.get(level.schedule);
  const users = schedule === undefined ? [] : listOnCall(schedule, at, level);
  return users.length === 0
    ? { nobody: `nobody is on call by the schedule ${level.schedule}` }
    : { mention: users.map((user) => `<@${user}>`).join(' ') };
}

/** Same for previews. Slack has no mention that does not notify, so it is shown only to the person who asks. */
export function describeLevel(
  level: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  at: number,
): string {
  const found = mentionLevel(level, schedules, at);
  if ('nobody' in found) return found.nobody;
  return 'schedule' in level
    ? `${found.mention} (on call by ${escapeMrkdwn(level.schedule)})`
    : found.mention;
}

/** The actor as Slack mrkdwn. */
export function actorText({ user, name, via }: Actor): string {
  if (user !== undefined && isSlackUser(user)) return `<@${user}>`;
  return name === undefined
    ? `a person in ${escapeMrkdwn(via)}`
    : `${escapeMrkdwn(name)} (in ${escapeMrkdwn(via)})`;
}

export function actorName({ user, name }: Actor): string {
  return user === undefined ? (name ?? 'a person') : askerName({ id: user, name });
}

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
