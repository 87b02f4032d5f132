import { readMessage } from '../../src/bot/intake/incoming-message.ts';
import { openIntakeBudget } from '../../src/bot/intake/intake-budget.ts';
import { triggerRunId } from '../../src/bot/requests/run-ids.ts';
import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import { CHECK_LOG_SHORTCUT } from '../../src/bot/slack/manifest.ts';
import { fileAccess } from '../events/app-mention.ts';
import type { Listening } from '../shared/listeners.ts';
import { replyByResponseUrl, replyThatStays, withErrorReply } from '../shared/private-reply.ts';
import { analyseMessage } from '../shared/request-analysis.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { nothingToReadText, ownMessageText } from '../text/replies.ts';

/**
 * "Check this FortiGate log" in a message's menu: analyses that message, also of another person, and answers in its thread.
 */
export function handleLogShortcut({ app, requests, logger }: Listening): void {
  app.shortcut(
    { callback_id: CHECK_LOG_SHORTCUT, type: 'message_action' },
    async ({ ack, shortcut, context, client, respond }) => {
      await ack();
      if (shortcut.type !== 'message_action') return;
      const channel = shortcut.channel.id;
      const reply = replyThatStays(client, channel, replyByResponseUrl(respond, logger));
      // An app's message has no `user`; the asker is the person who used the shortcut.
      const message = readMessage({ user: 'app', ...shortcut.message, channel });
      if (!message) return await reply(nothingToReadText);
      if (message.user === context.botUserId) return await reply(ownMessageText);
      const team = context.teamId;
      const request: RequestContext = {
        runId: triggerRunId(shortcut.trigger_id),
        caller: { user: shortcut.user.id, channel, team, ...getHome(context) },
        way: 'shortcut',
        callerName: shortcut.user.name,
        replyTo: { channel, thread: message.thread_ts ?? message.ts, team },
        reply,
        requests,
      };
      await withErrorReply(reply, logger, async () => {
        using budget = openIntakeBudget();
        await analyseMessage(message, request, fileAccess({ context, client }, budget));
      });
    },
  );
}
