import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { FEEDBACK_REASONS } from '../../src/platform/runs/run.ts';
import { ACTIONS, VIEWS } from '../../src/report/block-kit/action-ids.ts';
import { REASON_LABELS } from '../../src/report/documents/feedback-texts.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { feedbackThanksText, goneText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';
import { authoriseRun, onRunAction, type RunAction } from './on-run-action.ts';

const COMMENT_LIMIT = 1000;

const place = z.object({ runId: z.string(), channel: z.string(), thread: z.string() });

const submitted = z.object({
  reason: z.object({ reason: z.object({ selected_option: z.object({ value: z.enum(FEEDBACK_REASONS) }) }) }),
  comment: z.object({ comment: z.object({ value: z.string().nullish() }) }),
});

/** "Not helpful" asks for a reason in a modal; the feedback counts once per person and run. */
export function handleNotHelpful(app: App, requests: Requests, logger: Log): void {
  onRunAction(app, requests, logger, ACTIONS.notHelpful, askWhyNotHelpful);

  app.view(VIEWS.notHelpful, async ({ ack, body, view, client, context }) => {
    await ack();
    const { runId, channel, thread } = place.parse(JSON.parse(view.private_metadata));
    const user = body.user.id;
    const team = body.team?.id;
    const reply = replyBesideMessage(client, { channel, user, thread }, logger);
    await withErrorReply(reply, logger, async () => {
      const run = await requests.past.find(runId);
      if (!run) return await reply(goneText);
      const caller = { user, channel, team, ...homeIn(context) };
      if (!(await authoriseRun(run, caller, reply, requests))) return;
      const { reason, comment } = submitted.parse(view.state.values);
      const said = redactSideText(comment.comment.value ?? '').trim();
      await requests.past.giveFeedback(run, user, {
        reason: reason.reason.selected_option.value,
        ...(said === '' ? {} : { comment: said }),
      });
      await reply(feedbackThanksText);
    });
  });
}

/** Opens the form. */
export async function askWhyNotHelpful({ run, thread, client, triggerId, reply }: RunAction): Promise<void> {
  await openView(client, triggerId, reply, form({ runId: run.id, channel: run.replyTo.channel, thread }));
}

function form(where: z.infer<typeof place>): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.notHelpful,
    private_metadata: JSON.stringify(where),
    title: { type: 'plain_text', text: 'Not helpful' },
    submit: { type: 'plain_text', text: 'Send' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'What is wrong with the answer?' },
        element: {
          type: 'radio_buttons',
          action_id: 'reason',
          options: FEEDBACK_REASONS.map((value) => ({
            text: { type: 'plain_text', text: REASON_LABELS[value] },
            value,
          })),
        },
      },
      {
        type: 'input',
        block_id: 'comment',
        optional: true,
        label: { type: 'plain_text', text: 'What was the real cause, or what was missing?' },
        element: {
          type: 'plain_text_input',
          action_id: 'comment',
          multiline: true,
          max_length: COMMENT_LIMIT,
        },
      },
    ],
  };
}
