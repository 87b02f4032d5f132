import type { KnownBlock } from '@slack/types';
import { escapeMrkdwn } from '../../block-kit/escape.ts';
import { truncate } from '../../block-kit/limits.ts';
import { PAGE_ACTIONS } from '../../block-kit/page-ids.ts';
import type { Escalation } from '../core/escalation.ts';
import { threadLink } from '../core/thread-link.ts';
import type { ThreadMessage } from './thread-port.ts';

const MAX_TEXT = 2900;

/** Notifies a person. `whom` is mrkdwn made here that holds the mention. */
export function levelMessage(escalation: Escalation, whom: string, rung: number): ThreadMessage {
  const why = rung === 0 ? 'is needed' : 'is needed: earlier calls were not answered';
  const summary = escapeMrkdwn(escalation.text.summary);
  const impact = escalation.impact === undefined ? '' : `\nImpact: ${escapeMrkdwn(escalation.impact)}`;
  const text = truncate(`${whom} ${why}. ${summary}${impact}`, MAX_TEXT);
  return { text, blocks: [section(text), actions(escalation.id)] };
}

/** Posted in another thread about the same cause: nobody is paged twice. */
export function noticeMessage(escalation: Escalation): ThreadMessage {
  const link = `<${threadLink(escalation.thread)}|thread>`;
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
            action_id: PAGE_ACTIONS.resolve,
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

export function actions(id: string): KnownBlock {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: PAGE_ACTIONS.acknowledge,
        text: { type: 'plain_text', text: 'I am on it' },
        value: id,
        style: 'primary',
      },
      {
        type: 'button',
        action_id: PAGE_ACTIONS.resolve,
        text: { type: 'plain_text', text: 'Resolved' },
        value: id,
      },
    ],
  };
}
