import type { App, BlockAction } from '@slack/bolt';
import { z } from 'zod';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { IMPACT_INPUT, PAGER_ACTIONS, PAGER_VIEW } from '../../src/report/block-kit/pager-ids.ts';
import { readPagerFormPlace, writePagerFormPlace } from '../shared/pager-form-place.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { confirmedTexts, escalationEndedText, takenOverText } from '../text/escalation.ts';
import { cannotEscalateText, goneText } from '../text/replies.ts';
import { escalationForm } from '../views/escalation-form.ts';
import { openView } from '../views/open-view.ts';
import { mayAnswerPage } from './may-answer-page.ts';
import { authoriseRun, onRunAction } from './on-run-action.ts';

const submitted = z.object({
  [IMPACT_INPUT.block]: z.object({ [IMPACT_INPUT.action]: z.object({ value: z.string().nullish() }) }),
});

/** Shows who would be paged, by which route and with what text; a click alone pages nobody. */
export function handleEscalate(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.escalate, async ({ run, thread, client, triggerId, reply }) => {
    const { onCall } = requests;
    const preview = onCall?.isConfigured() ? await onCall.preview(run) : undefined;
    if (preview === undefined) return await reply(cannotEscalateText);
    const where = writePagerFormPlace({ runId: run.id, channel: run.replyTo.channel, thread });
    await openView(client, triggerId, reply, escalationForm(preview, where));
  });
  handlePagerForm(app, requests, logger);
  handlePagerButtons(app, requests, logger);
  handleHandover(app, requests, logger);
}

function handlePagerForm(app: App, requests: Requests, logger: Log): void {
  app.view(PAGER_VIEW, async ({ ack, body, view, client, context }) => {
    await ack();
    const { runId = '', channel, thread } = readPagerFormPlace(view.private_metadata);
    const user = body.user.id;
    const team = body.team?.id;
    const inThread = thread === undefined ? {} : { thread };
    const reply = replyBesideMessage(client, { channel, user, ...inThread }, logger);
    await withErrorReply(reply, logger, async () => {
      const run = await requests.past.find(runId);
      if (!run) return await reply(goneText);
      if (!requests.onCall?.isConfigured()) return await reply(cannotEscalateText);
      const caller = { user, channel, team, ...homeIn(context) };
      if (!(await authoriseRun(run, caller, reply, requests))) return;
      const values = submitted.parse(view.state.values);
      const impact = redactSideText(values[IMPACT_INPUT.block]?.[IMPACT_INPUT.action]?.value ?? '').trim();
      const confirmed = await requests.onCall.confirm({
        run,
        user,
        // Derived from the form: a redelivered submission is the same decision.
        requestId: view.id,
        ...(impact === '' ? {} : { impact }),
      });
      await reply(confirmedTexts[confirmed]);
    });
  });
}

/**
 * "I am on it" and "Resolved", for everybody who sees the thread: the person called may have no grant to check
 * devices.
 */
function handlePagerButtons(app: App, requests: Requests, logger: Log): void {
  const kinds = [
    [PAGER_ACTIONS.acknowledge, 'acknowledged'],
    [PAGER_ACTIONS.resolve, 'resolved'],
  ] as const;
  for (const [actionId, kind] of kinds) {
    app.action<BlockAction>(actionId, async ({ ack, body, action, client, context }) => {
      await ack();
      const channel = body.channel?.id;
      const message = body.message;
      if (channel === undefined || message === undefined || !('value' in action)) return;
      const { id: user, name } = body.user;
      const thread = String(message.thread_ts ?? message.ts);
      const reply = replyBesideMessage(client, { channel, user, thread }, logger);
      await withErrorReply(reply, logger, async () => {
        if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, requests))) return;
        const isTaken = await requests.onCall?.press({
          escalation: String(action.value),
          kind,
          user,
          channel,
          requestId: body.trigger_id,
          name,
        });
        if (isTaken !== true) await reply(isTaken === false ? escalationEndedText : cannotEscalateText);
      });
    });
  }
}

/** Replaces the button of a handover card with the person who took over. */
function handleHandover(app: App, requests: Requests, logger: Log): void {
  app.action<BlockAction>(PAGER_ACTIONS.handoverDone, async ({ ack, body, client, context }) => {
    await ack();
    const channel = body.channel?.id;
    const message = body.message;
    if (channel === undefined || message === undefined) return;
    const user = body.user.id;
    const text = [message.text ?? '', takenOverText(user)].join('\n');
    const reply = replyBesideMessage(client, { channel, user }, logger);
    await withErrorReply(reply, logger, async () => {
      if (!(await mayAnswerPage({ user, channel, ...homeIn(context) }, reply, requests))) return;
      const blocks = [{ type: 'section', text: { type: 'mrkdwn', text } }];
      await client.chat.update({ channel, ts: message.ts, text, blocks });
    });
  });
}
