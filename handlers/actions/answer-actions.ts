import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { feedbackReason } from '../../src/platform/runs/run-schema.ts';
import { MENU, VIEWS } from '../../src/report/block-kit/action-ids.ts';
import { input, modal, option, toPlainText } from '../../src/report/block-kit/build-blocks.ts';
import { customerDraft } from '../../src/report/documents/customer-draft.ts';
import { codePart, prosePart } from '../../src/report/documents/document.ts';
import { REASON_LABELS } from '../../src/report/documents/feedback-texts.ts';
import { evidenceBlocks } from '../../src/report/formats/slack/evidence-view.ts';
import { partBlocks } from '../../src/report/formats/slack/parts.ts';
import {
  openView,
  type RunPress,
  type RunSubmission,
  readTextValue,
  writeFormPlace,
} from '../shared/listeners.ts';
import {
  cancelledBeforeText,
  cancelReason,
  draftIntroText,
  endedText,
  feedbackThanksText,
  noDiagnosisText,
  reportAttachedText,
  reportThereText,
  stoppingText,
} from '../text/replies.ts';

/** The Cancel button of a run in progress, in any process. Anyone who may check its device may cancel it. */
export async function cancelRun(press: RunPress<'cancel'>): Promise<void> {
  const { act, run, callerName, reply, requests } = press;
  const { outcome, answeredAt } = run;
  // A run with an outcome is only waiting for Slack to deliver its answer.
  const isOpen = outcome === undefined && answeredAt === undefined;
  if (isOpen && (await requests.past.cancel(act, run.id, cancelReason(callerName))))
    return await reply(stoppingText);
  const isCancelled = outcome?.kind === 'failed' && outcome.code === 'ftm_cancelled';
  const isByOther = isCancelled && answeredAt !== undefined;
  await reply(isByOther ? cancelledBeforeText(outcome.message, answeredAt) : endedText);
}

type ReportPress = Pick<RunPress<'report'>, 'act' | 'run' | 'reply' | 'requests'>;

/** Attaches the full report to the thread, once for any number of clicks. */
export async function sendReport({ act, run, reply, requests }: ReportPress): Promise<void> {
  const state = await requests.past.attachReport(act, run);
  if (state.kind === 'refused') return await reply(state.reason);
  await reply(state.kind === 'attached' ? reportAttachedText : reportThereText);
}

export function answerMenuVerb(choice: string): 'feedback' | 'read' {
  return choice === MENU.notHelpful ? 'feedback' : 'read';
}

export async function chooseInAnswerMenu(press: RunPress): Promise<void> {
  if (press.choice === MENU.evidence) await showEvidence(press);
  else if (press.choice === MENU.notHelpful) await askWhyNotHelpful(press);
  else await showCustomerDraft(press);
}

/** Also the button of older answers; newer ones have a menu option. */
export async function showEvidence(press: RunPress): Promise<void> {
  const { outcome } = press.run;
  if (outcome?.kind !== 'diagnosed') return await press.reply(noDiagnosisText);
  await openView(press, {
    type: 'modal',
    title: toPlainText('All evidence'),
    close: toPlainText('Close'),
    blocks: [...evidenceBlocks(outcome.diagnosis)],
  });
}

/** Menu option of the answer: a paragraph for the customer, visible to the person who asked. */
export async function showCustomerDraft({ run, reply }: Pick<RunPress, 'run' | 'reply'>): Promise<void> {
  if (run.outcome?.kind !== 'diagnosed') return await reply(noDiagnosisText);
  const { text, blocks } = draftReply(run.outcome.diagnosis);
  await reply(text, blocks);
}

export function draftReply(diagnosis: Diagnosis) {
  const draft = customerDraft(diagnosis);
  const parts = [...prosePart(draftIntroText), ...codePart([draft], 'draft')];
  return { text: `${draftIntroText}\n${draft}`, blocks: partBlocks(parts) };
}

const COMMENT_LIMIT = 1000;
const COMMENT_INPUT = { block: 'comment', action: 'comment' } as const;

/** "Not helpful" asks for a reason in a modal. */
export async function askWhyNotHelpful(press: RunPress): Promise<void> {
  const { run, thread } = press;
  await openView(press, form(writeFormPlace({ runId: run.id, channel: run.replyTo.channel, thread })));
}

const submitted = z.object({
  reason: z.object({ reason: z.object({ selected_option: z.object({ value: feedbackReason }) }) }),
});

/** The feedback counts once per person and run. */
export async function takeFeedback(form: RunSubmission<'feedback'>): Promise<void> {
  const { act, run, values, reply, requests } = form;
  const reason = submitted.parse(values).reason.reason.selected_option.value;
  const comment = readTextValue(values, COMMENT_INPUT) || undefined;
  await requests.past.giveFeedback(act, run, { reason, comment });
  await reply(feedbackThanksText);
}

function form(place: string): ModalView {
  const options = feedbackReason.options.map((reason) => option(REASON_LABELS[reason], reason));
  const reasons = { type: 'radio_buttons', action_id: 'reason', options } as const;
  const comment = {
    type: 'plain_text_input',
    action_id: COMMENT_INPUT.action,
    multiline: true,
    max_length: COMMENT_LIMIT,
  } as const;
  return modal(VIEWS.notHelpful, place, { title: 'Not helpful', submit: 'Send', close: 'Close' }, [
    input('reason', 'What is wrong with the answer?', reasons),
    input(COMMENT_INPUT.block, 'What was the real cause, or what was missing?', comment, { optional: true }),
  ]);
}
