import type { KnownBlock } from '@slack/types';
import { actions, button, option, section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { PAGER_ACTIONS, PAGER_MENU } from '../../report/block-kit/pager-ids.ts';
import { slackDate } from '../../report/block-kit/slack-date.ts';
import type { Escalation } from '../core/escalation.ts';
import { devicesText } from '../core/group.ts';
import { linkText } from '../core/threads.ts';
import { actorText } from './people.ts';
import type { ThreadMessage } from './thread-port.ts';

const MAX_TEXT = 2900;

/** Notifies a person. `whom` is mrkdwn made here that holds the mention. */
export function levelMessage(escalation: Escalation, whom: string, level: number): ThreadMessage {
  const why = level === 0 ? 'is needed' : 'is needed: earlier calls were not answered';
  const summary = escapeMrkdwn(escalation.text.summary);
  const impact = escalation.impact === undefined ? '' : `\nImpact: ${escapeMrkdwn(escalation.impact)}`;
  const text = truncate(`${whom} ${why}. ${summary}${impact}`, MAX_TEXT);
  return {
    text: withDevicesText(text, escalation),
    blocks: [...withDevices([section(text)], escalation), pageButtons(escalation.id)],
  };
}

/** The devices of the page below its first block: the line changes as devices join and recover. */
export function withDevices(blocks: readonly KnownBlock[], escalation: Escalation): readonly KnownBlock[] {
  const text = devicesText(escalation);
  const line = text === '' ? [] : [{ ...section(escapeMrkdwn(text)), block_id: DEVICES }];
  return [...blocks.slice(0, 1), ...line, ...blocks.slice(1)];
}

/** The blocks that `withDevices` got, without buttons. */
export function fixedBlocks(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  return blocks.filter((block) => block.type !== 'actions' && block.block_id !== DEVICES);
}

const DEVICES = 'page-devices';

/** For notifications, which show no block. */
export function withDevicesText(text: string, escalation: Escalation): string {
  return [text, escapeMrkdwn(devicesText(escalation))].filter(Boolean).join('\n');
}

/** Asks the person who acknowledged, or to whom the page was assigned. */
export function reminderMessage(escalation: Escalation): ThreadMessage {
  const acknowledged = escalation.history.findLast(({ what }) => what === 'acknowledged');
  const by = acknowledged?.by === undefined ? 'A person' : actorText(acknowledged.by);
  const since = acknowledged === undefined ? '' : ` ${slackDate(acknowledged.at)}`;
  const link = linkText(escalation.thread, 'Thread');
  const summary = escapeMrkdwn(escalation.text.summary);
  const text = truncate(`${by} acknowledged this${since}, and it is still open: ${summary}`, MAX_TEXT - 200);
  return {
    text: withDevicesText(text, escalation),
    blocks: [...withDevices([section(`${text}\n${link}`)], escalation), pageButtons(escalation.id, true)],
  };
}

/** Posted in another thread about the same cause instead of a second page. */
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
      actions(button(PAGER_ACTIONS.resolve, 'Resolve the page', escalation.id, 'primary')),
    ],
  };
}

/** `isAcknowledged`: “I am on it” is left out. */
export function pageButtons(id: string, isAcknowledged = false): KnownBlock {
  return actions(
    ...(isAcknowledged ? [] : [button(PAGER_ACTIONS.acknowledge, 'I am on it', id, 'primary')]),
    button(PAGER_ACTIONS.resolve, 'Resolved', id),
    button(PAGER_ACTIONS.bundle, 'Bundle for the vendor', id),
    {
      type: 'overflow',
      action_id: PAGER_ACTIONS.more,
      options: [
        option('Resolve with a note', `${PAGER_MENU.note}:${id}`),
        option('Page a person', `${PAGER_MENU.person}:${id}`),
      ],
    },
  );
}
