import type { KnownBlock } from '@slack/types';
import { context, section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { slackDate } from '../../report/block-kit/slack-date.ts';
import type { Escalation, HistoryEntry, MessageCopy } from '../core/escalation.ts';
import { devicesText } from '../core/group.ts';
import { usersText } from '../core/pager-text.ts';
import { pageButtons, withDevices } from './messages.ts';
import { actorText, eventText } from './people.ts';
import type { ThreadMessage } from './thread-port.ts';

export interface StatusOptions {
  readonly labelRoute: (route: string) => string;
}

const SHOWN_EVENTS = 12;

/** The status message of a page: who was called and when, who acknowledged, who resolved. Pure. */
export function statusMessage(escalation: Escalation, { labelRoute }: StatusOptions): ThreadMessage {
  const headline = composeHeadline(escalation);
  const events = foldSeenAgain(escalation.history.filter(({ what }) => what !== 'opened'));
  const lines = events.slice(-SHOWN_EVENTS).map(({ entry, count }) => eventLine(entry, count, labelRoute));
  const about = [
    devicesText(escalation) || escalation.subject.device,
    usersText(escalation.subject.affectedUsers),
  ]
    .filter((part) => part !== '')
    .map(escapeMrkdwn)
    .join(' · ');
  const impact = escalation.impact === undefined ? [] : [`Impact: ${escapeMrkdwn(escalation.impact)}`];
  const body = [`*${headline}*`, escapeMrkdwn(escalation.text.summary), about, ...impact].join('\n');
  const blocks: KnownBlock[] = [
    section(body),
    ...(lines.length === 0 ? [] : [context(truncate(lines.join('\n'), 3000))]),
    ...buttons(escalation),
  ];
  return { text: [headline, ...lines].join('\n'), blocks };
}

/** Who acknowledged or resolved the page; empty while no one has. Slack mrkdwn. */
function stateText(escalation: Escalation): string {
  const { state, history } = escalation;
  if (state !== 'acknowledged' && state !== 'resolved') return '';
  const at = history.findLast(({ what }) => what === state)?.at;
  return `${composeHeadline(escalation)}${at === undefined ? '' : ` ${slackDate(at)}`}`;
}

/** What a message with buttons of the page shows of it that changes. */
export function shownText(escalation: Escalation): string {
  return [devicesText(escalation), stateText(escalation)].filter(Boolean).join(' · ');
}

/** A message with buttons of the page as it is to be now: `blocks` without those that change. */
export function copyMessage(escalation: Escalation, { text, blocks }: MessageCopy): ThreadMessage {
  const state = stateText(escalation);
  return {
    text: state === '' ? text : `${state}: ${text}`,
    blocks: [
      ...withDevices(blocks, escalation),
      ...(state === '' ? [] : [context(state)]),
      ...buttons(escalation),
    ],
  };
}

function composeHeadline({ state, history, assignee }: Escalation): string {
  const last = (what: HistoryEntry['what']): HistoryEntry | undefined =>
    history.findLast((entry) => entry.what === what);
  const by = (entry: HistoryEntry | undefined): string =>
    entry?.by === undefined ? '' : ` by ${actorText(entry.by)}`;
  const assignment = last('assigned');
  const isAssigned = assignment?.whom === `<@${assignee}>` && last('acknowledged')?.by?.user !== assignee;
  const assigned = isAssigned ? `, assigned to ${assignment.whom}` : '';
  const headlines = {
    confirmed: last('nobody-reached') === undefined ? 'Paging …' : 'Nobody could be paged yet; retrying',
    paged: 'Paged, not acknowledged yet',
    acknowledged: `Acknowledged${by(last('acknowledged'))}${assigned}`,
    resolved: `Resolved${by(last('resolved'))}`,
  } satisfies Record<Escalation['state'], string>;
  return headlines[state];
}

interface ShownEvent {
  readonly entry: HistoryEntry;
  /** How often it happened in a row. */
  readonly count: number;
}

/** Several checks in a row that saw the same cause are one line, with the time of the last. */
function foldSeenAgain(history: readonly HistoryEntry[]): readonly ShownEvent[] {
  const shown: ShownEvent[] = [];
  for (const entry of history) {
    const before = shown.at(-1);
    const isRepeated =
      entry.what === 'added' && before?.entry.what === 'added' && before.entry.reason === entry.reason;
    if (isRepeated) shown.pop();
    shown.push({ entry, count: isRepeated ? (before?.count ?? 0) + 1 : 1 });
  }
  return shown;
}

function eventLine(entry: HistoryEntry, count: number, labelRoute: StatusOptions['labelRoute']): string {
  const { at, what, whom = '', reason = '', by } = entry;
  const parts = {
    route: entry.route === undefined ? '' : escapeMrkdwn(labelRoute(entry.route)),
    whom,
    reason: escapeMrkdwn(reason),
    by: by === undefined ? '' : actorText(by),
  };
  const times = count > 1 ? ` (${count} times)` : '';
  return `${slackDate(at)} ${eventText(what, parts)}${times}`;
}

function buttons({ id, state }: Escalation): readonly KnownBlock[] {
  return state === 'resolved' ? [] : [pageButtons(id, state === 'acknowledged')];
}
