import type { App, BlockAction } from '@slack/bolt';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { PAGER_ACTIONS } from '../../src/report/block-kit/pager-ids.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { cannotEscalateText, goneText } from '../text/replies.ts';
import { mayAnswerPage } from './may-answer-page.ts';

/**
 * "Bundle for the vendor", for everybody who sees its message: a called person may not be in the channel of the answer, so
 * the archive comes below the message with the button.
 */
export function handlePagerBundle(app: App, requests: Requests, logger: Log): void {
  app.action<BlockAction>(PAGER_ACTIONS.bundle, async ({ ack, body, action, client, context }) => {
    await ack();
    const channel = body.channel?.id;
    const message = body.message;
    if (channel === undefined || message === undefined || !('value' in action)) return;
    const user = body.user.id;
    const ts = String(message.thread_ts ?? message.ts);
    const reply = replyBesideMessage(client, { channel, user, thread: ts }, logger);
    await withErrorReply(reply, logger, async () => {
      if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, requests))) return;
      const isThere = await requests.onCall?.bundleEscalation(String(action.value), { channel, ts });
      if (isThere !== true) await reply(isThere === false ? goneText : cannotEscalateText);
    });
  });
}
