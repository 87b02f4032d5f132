import type { BlockAction } from '@slack/bolt';
import { ACTIONS, CHOOSE_DEVICE } from '../../src/report/block-kit/action-ids.ts';
import { PAGER_ACTIONS } from '../../src/report/block-kit/pager-ids.ts';
import { acknowledgeWhenHandled, type Listening } from '../shared/listeners.ts';
import { replyByResponseUrl } from '../shared/private-reply.ts';
import { unknownButtonText } from '../text/replies.ts';

/** Answers buttons of other versions; otherwise Slack shows a warning sign after 3 s without explanation. */
export function handleUnknownActions({ app, logger }: Pick<Listening, 'app' | 'logger'>): void {
  const known = [...Object.values(ACTIONS), ...Object.values(PAGER_ACTIONS), `${CHOOSE_DEVICE}_\\d+`].join(
    '|',
  );
  app.action<BlockAction>(new RegExp(`^(?!(?:${known})$)`), async ({ ack, action, respond }) => {
    await acknowledgeWhenHandled(ack);
    if (action.type === 'button') await replyByResponseUrl(respond, logger)(unknownButtonText);
  });
}
