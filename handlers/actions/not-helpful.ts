import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { FEEDBACK_REASONS } from '../../src/platform/runs/run.ts';
import { ACTIONS, VIEWS } from '../../src/report/block-kit/action-ids.ts';
import { REASON_LABELS } from '../../src/report/documents/feedback-texts.ts';
import { writeFormPlace } from '../shared/form-place.ts';
import { type Listening, onForm, onRunPress, type RunPress } from '../shared/listeners.ts';
import { feedbackThanksText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';

const COMMENT_LIMIT = 1000;

const submitted = z.object({
  reason: z.object({ reason: z.object({ selected_option: z.object({ value: z.enum(FEEDBACK_REASONS) }) }) }),
  comment: z.object({ comment: z.object({ value: z.string().nullish() }) }),
});

/** "Not helpful" asks for a reason in a modal; the feedback counts once per person and run. */
export function handleNotHelpful(listening: Listening): void {
  const verb = 'feedback';
  onRunPress(listening, ACTIONS.notHelpful, verb, askWhyNotHelpful);

  onForm(listening, VIEWS.notHelpful, {
    run: {
      verb,
      async submit({ act, run, values, reply }) {
        const { reason, comment } = submitted.parse(values);
        const redacted = redactSideText(comment.comment.value ?? '').trim();
        await listening.requests.past.giveFeedback(act, run, {
          reason: reason.reason.selected_option.value,
          ...(redacted === '' ? {} : { comment: redacted }),
        });
        await reply(feedbackThanksText);
      },
    },
  });
}

/** Opens the form. */
export async function askWhyNotHelpful({ run, thread, client, triggerId, reply }: RunPress): Promise<void> {
  const place = writeFormPlace({ runId: run.id, channel: run.replyTo.channel, thread });
  await openView(client, triggerId, reply, form(place));
}

function form(place: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.notHelpful,
    private_metadata: place,
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
