import type { Run } from '../../platform/runs/run.ts';
import { checkMessage } from '../../report/block-kit/check-message.ts';
import { LIMITS, truncate } from '../../report/block-kit/limits.ts';
import { expandCollapsibles, hasCollapsibles } from '../../report/formats/slack/collapsible.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { findPosted } from './find-posted.ts';

export type Put =
  /** `plain`: Slack refused the blocks, so the text is shown alone. */
  | { readonly state: 'shown'; readonly ts: string; readonly plain: boolean; readonly cut: boolean }
  | { readonly state: 'refused'; readonly error: string };

/**
 * Puts the answer in place of the placeholder: with blocks, else as text; as a new message if the placeholder was
 * deleted.
 */
export async function putAnswer(
  run: Run & { readonly answerTs: string },
  answer: SlackAnswer,
  options: DeliveryOptions,
): Promise<Put> {
  const violations = answer.blocks.length === 0 ? [] : checkMessage(answer);
  if (violations.length > 0) {
    options.logger.error({ run: run.id, violations: violations.slice(0, 5) }, 'answer exceeds a Slack limit');
  } else if (answer.blocks.length > 0) {
    for (const each of [answer, ...withoutContainers(answer), ...inPlainBlocks(answer)]) {
      const put = await putAs(run, each, false, options);
      if (put.state === 'shown' || kindOfRefusal(put.error) !== 'format') return put;
      options.logger.error({ run: run.id, error: put.error }, 'Slack refused the blocks of an answer');
    }
  }
  return await putAs(run, answer, true, options);
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

async function putAs(
  run: Run & { readonly answerTs: string },
  answer: SlackAnswer,
  plain: boolean,
  { slack, clock }: DeliveryOptions,
): Promise<Put> {
  const port = slack(run.replyTo.team);
  const shortened = cutText(answer.text);
  const isCut = shortened !== answer.text;
  // Beside blocks, the text is only used in notifications.
  const text = plain && isCut ? `${shortened}\nThe rest is in the attached file.` : shortened;
  const message = {
    channel: run.replyTo.channel,
    text,
    blocks: plain ? [] : answer.blocks,
    mark: { runId: run.id, role: 'answer', isFinal: true } as const,
  };
  const shown = { state: 'shown', plain, cut: plain && isCut } as const;

  const updated = await callSlack(() => port.update({ ...message, ts: run.answerTs }), { clock });
  if (updated.kind === 'done') return { ...shown, ts: run.answerTs };
  const thread = run.replyTo.thread ?? run.rootTs;
  if (kindOfRefusal(updated.error) !== 'gone' || thread === undefined) {
    return { state: 'refused', error: updated.error };
  }
  const posted = await callSlack(() => port.post({ ...message, thread }), {
    clock,
    async recover() {
      const place = { channel: message.channel, thread, since: run.acceptedAt };
      const ts = await findPosted(port, place, message.mark, clock);
      return ts === undefined ? undefined : { ts };
    },
  });
  if (posted.kind === 'refused') return { state: 'refused', error: posted.error };
  return { ...shown, ts: posted.value.ts };
}

/** Cuts to what `chat.update` accepts, with room for a note; an open code fence is closed. */
function cutText(text: string): string {
  const cut = truncate(text, LIMITS.updateText - 200);
  if (cut === text) return text;
  return cut.split('```').length % 2 === 0 ? `${cut}\n\`\`\`` : cut;
}
