import type { Run } from '../../platform/runs/run.ts';
import { checkMessage } from '../../report/block-kit/check-message.ts';
import { LIMITS, truncate } from '../../report/block-kit/limits.ts';
import { expandCollapsibles, hasCollapsibles } from '../../report/formats/slack/collapsible.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import { callSlack, type Settled } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { findPosted } from './find-posted.ts';
import type { PlacedRun } from './types.ts';

export type Put =
  /** `cut`: the text was shown alone, and is longer than Slack takes. */
  | { readonly state: 'shown'; readonly run: PlacedRun; readonly cut: boolean }
  | { readonly state: 'refused'; readonly error: string };

/**
 * Puts the answer in place of the placeholder: with blocks, else as text; as a new message, whose place is stored, if
 * the placeholder was deleted.
 */
export async function putAnswer(run: PlacedRun, answer: SlackAnswer, options: DeliveryOptions): Promise<Put> {
  const { logger } = options;
  const text = cutText(answer.text);
  const cut = text !== answer.text;
  for (const form of formsWithBlocks(run, answer, options)) {
    // Beside blocks, the text is only used in notifications.
    const sent = await sendForm(run, { ...form, text }, options);
    if (sent.kind === 'done') return { state: 'shown', run: sent.value, cut: false };
    if (kindOfRefusal(sent.error) !== 'format') return { state: 'refused', error: sent.error };
    logger.error({ run: run.id, error: sent.error }, 'Slack refused the blocks of an answer');
  }
  const alone = cut ? `${text}\nThe rest is in the attached file.` : text;
  const sent = await sendForm(run, { text: alone, blocks: [] }, options);
  return sent.kind === 'done'
    ? { state: 'shown', run: sent.value, cut }
    : { state: 'refused', error: sent.error };
}

function formsWithBlocks(
  { id }: Run,
  answer: SlackAnswer,
  { logger }: DeliveryOptions,
): readonly SlackAnswer[] {
  if (answer.blocks.length === 0) return [];
  const violations = checkMessage(answer);
  if (violations.length === 0) return [answer, ...withoutContainers(answer), ...inPlainBlocks(answer)];
  logger.error({ run: id, violations: violations.slice(0, 5) }, 'answer exceeds a Slack limit');
  return [];
}

/** Containers are a new block type: if Slack refuses them, their content may still be accepted. */
function withoutContainers(answer: SlackAnswer): readonly SlackAnswer[] {
  if (!hasCollapsibles(answer.blocks)) return [];
  const opened = { ...answer, blocks: expandCollapsibles(answer.blocks) };
  return checkMessage(opened).length === 0 ? [opened] : [];
}

function inPlainBlocks({ plainBlocks, ...answer }: SlackAnswer): readonly SlackAnswer[] {
  return plainBlocks === undefined ? [] : [{ ...answer, blocks: plainBlocks }];
}

/** Edits the placeholder; if it is gone, posts in its thread and stores the new place. */
async function sendForm(
  run: PlacedRun,
  { text, blocks }: SlackAnswer,
  { slack, runs, clock }: DeliveryOptions,
): Promise<Settled<PlacedRun>> {
  const port = slack(run.replyTo.team);
  const { channel } = run.replyTo;
  const mark = { runId: run.id, role: 'answer', isFinal: true } as const;
  const message = { channel, text, blocks, mark };
  const updated = await callSlack(() => port.update({ ...message, ts: run.answerTs }), { clock });
  if (updated.kind === 'done') return { kind: 'done', value: run };
  const thread = run.replyTo.thread ?? run.rootTs;
  if (kindOfRefusal(updated.error) !== 'gone' || thread === undefined) return updated;
  const posted = await callSlack(() => port.post({ ...message, thread }), {
    clock,
    async recover() {
      const ts = await findPosted(port, { channel, thread, since: run.acceptedAt }, mark, clock);
      return ts === undefined ? undefined : { ts };
    },
  });
  if (posted.kind === 'refused') return posted;
  const { ts: answerTs } = posted.value;
  await runs.update(run.id, { answerTs });
  return { kind: 'done', value: { ...run, answerTs } };
}

/** Cuts to what `chat.update` accepts, with room for a note; an open code fence is closed. */
function cutText(text: string): string {
  const cut = truncate(text, LIMITS.updateText - 200);
  if (cut === text) return text;
  return cut.split('```').length % 2 === 0 ? `${cut}\n\`\`\`` : cut;
}
