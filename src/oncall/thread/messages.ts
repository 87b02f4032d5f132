import type { KnownBlock } from '@slack/types';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { PAGER_ACTIONS, PAGER_MENU } from '../../report/block-kit/pager-ids.ts';
import { slackDate } from '../../report/block-kit/slack-date.ts';
import type { Escalation } from '../core/escalation.ts';
import { devicesText } from '../core/group.ts';
import { linkText } from '../core/thread-link.ts';
import { actorText } from './people.ts';
import type { ThreadMessage } from './thread-port.ts';

const MAX_TEXT = 2900;

/** Notifies a person. `whom` is mrkdwn made here that holds the mention. */
export function levelMessage(escalation: Escalation, whom: string, level: number): ThreadMessage {
  const why = level === 0 ? 'is needed' : 'is needed: earlier calls were not answered';
  const summary = escapeMrkdwn([escalation.text.summary, devicesText(escalation)].filter(Boolean).join('. '));
  const impact = escalation.impact === undefined ? '' : `\nImpact: ${escapeMrkdwn(escalation.impact)}`;
  const text = truncate(`${whom} ${why}. ${summary}${impact}`, MAX_TEXT);
  return { text, blocks: [section(text), actions(escalation.id)] };
}

/** Asks the person who acknowledged, or to whom the page was assigned. */
export function reminderMessage(escalation: Escalation): ThreadMessage {
  const acknowledged = escalation.history.findLast(({ what }) => what === 'acknowledged');
  const by = acknowledged?.by === undefined ? 'Somebody' : actorText(acknowledged.by);
  const since = acknowledged === undefined ? '' : ` ${slackDate(acknowledged.at)}`;
  const link = linkText(escalation.thread, 'Thread');
  const summary = escapeMrkdwn(escalation.text.summary);
  const text = truncate(`${by} acknowledged this${since}, and it is still open: ${summary}`, MAX_TEXT - 200);
  return { text, blocks: [section(`${text}\n${link}`), actions(escalation.id, true)] };
}

/** Posted in another thread about the same cause: nobody is paged twice. */
export function noticeMessage(escalation: Escalation): ThreadMessage {
  const link = linkText(escalation.thread, 'thread');
  const text = `On-call is already paged about this. The check was added to that page: ${link}.`;
  return { text, blocks: [section(text)] };
}

export function offerMessage(escalation: Escalation): ThreadMessage {
  const summary = escapeMrkdwn(escalation.text.summary);
  const text = truncate(`This check finds no problem. The page is still open: ${summary}`, MAX_TEXT);
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: PAGER_ACTIONS.resolve,
            text: { type: 'plain_text', text: 'Resolve the page' },
            value: escalation.id,
            style: 'primary',
          },
        ],
      },
    ],
  };
}

export function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** `isAcknowledged`: “I am on it” is left out. */
export function actions(id: string, isAcknowledged = false): KnownBlock {
  const acknowledge = {
    type: 'button' as const,
    action_id: PAGER_ACTIONS.acknowledge,
    text: { type: 'plain_text' as const, text: 'I am on it' },
    value: id,
    style: 'primary' as const,
  };
  return {
    type: 'actions',
    elements: [
      ...(isAcknowledged ? [] : [acknowledge]),
      {
        type: 'button',
        action_id: PAGER_ACTIONS.resolve,
        text: { type: 'plain_text', text: 'Resolved' },
        value: id,
      },
      {
        type: 'button',
        action_id: PAGER_ACTIONS.bundle,
        text: { type: 'plain_text', text: 'Bundle for the vendor' },
        value: id,
      },
      {
        type: 'overflow',
        action_id: PAGER_ACTIONS.more,
        options: [
          menuOption('Resolve with a note', `${PAGER_MENU.note}:${id}`),
          menuOption('Page a person', `${PAGER_MENU.person}:${id}`),
        ],
      },
    ],
  };
}

function menuOption(text: string, value: string) {
  return { text: { type: 'plain_text' as const, text }, value };
}
