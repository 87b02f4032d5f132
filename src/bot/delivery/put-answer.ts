import { LIMITS, truncate } from '../../report/block-kit/limits.ts';
import { expandCollapsibles, hasCollapsibles } from '../../report/formats/slack/collapsible.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import { callSlack, findPosted, type Settled } from './find-posted.ts';
import type { DeliveryOptions, PlacedRun } from './types.ts';

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
  for (const form of formsWithBlocks(answer)) {
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

/**
 * The answer, and what Slack may accept of it if it refuses that: containers are a new block type, so their content is
 * tried without them.
 */
function formsWithBlocks({ plainBlocks, ...answer }: SlackAnswer): readonly SlackAnswer[] {
  const { blocks } = answer;
  if (blocks.length === 0) return [];
  return [
    answer,
    ...(hasCollapsibles(blocks) ? [{ ...answer, blocks: expandCollapsibles(blocks) }] : []),
    ...(plainBlocks === undefined ? [] : [{ ...answer, blocks: plainBlocks }]),
  ];
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
      const ts = await findPosted({ port, clock, channel, thread, since: run.acceptedAt }, mark);
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
