import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { feedbackReason } from '../../src/platform/runs/run-schema.ts';
import { ACTIONS, VIEWS } from '../../src/report/block-kit/action-ids.ts';
import { input, modal, option } from '../../src/report/block-kit/build-blocks.ts';
import { REASON_LABELS } from '../../src/report/documents/feedback-texts.ts';
import { writeFormPlace } from '../shared/form-place.ts';
import { type Listening, onForm, onRunPress, type RunPress } from '../shared/listeners.ts';
import { feedbackThanksText } from '../text/replies.ts';
import { openView } from '../views/open-view.ts';

const COMMENT_LIMIT = 1000;

const submitted = z.object({
  reason: z.object({ reason: z.object({ selected_option: z.object({ value: feedbackReason }) }) }),
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
  const options = feedbackReason.options.map((reason) => option(REASON_LABELS[reason], reason));
  const comment = {
    type: 'plain_text_input',
    action_id: 'comment',
    multiline: true,
    max_length: COMMENT_LIMIT,
  } as const;
  return modal(VIEWS.notHelpful, place, { title: 'Not helpful', submit: 'Send', close: 'Close' }, [
    input('reason', 'What is wrong with the answer?', {
      type: 'radio_buttons',
      action_id: 'reason',
      options,
    }),
    input('comment', 'What was the real cause, or what was missing?', comment, { optional: true }),
  ]);
}
