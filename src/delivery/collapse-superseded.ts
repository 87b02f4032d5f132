import type { Run } from '../runs/run.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { readTogetherText } from './texts.ts';

/** More messages than one paste has parts. */
const LOOK_BACK = 50;

/** See `Delivery.fold`. Gives way itself too, where the whole was read before it, or meanwhile. */
export async function collapseSuperseded(run: Run, options: DeliveryOptions): Promise<void> {
  for (const part of run.replaces ?? []) await fold(part, options);
  if (await isSuperseded(run, options)) await fold(run.id, options);
}

/** Whether a run that was accepted reads this one's text together with what came after it. */
export async function isSuperseded({ id, kind, replyTo }: Run, { runs }: DeliveryOptions): Promise<boolean> {
  if (kind !== 'analyze' || replyTo.thread === undefined) return false;
  const others = await runs.byThread(replyTo.channel, replyTo.thread, LOOK_BACK);
  return others.some(({ replaces = [] }) => replaces.includes(id));
}

async function fold(id: string, { slack, runs, clock, logger }: DeliveryOptions): Promise<void> {
  const run = await runs.get(id);
  // Without an answer yet it folds itself when it has one.
  if (run?.answeredAt === undefined || run.answerTs === undefined) return;
  const { channel, team } = run.replyTo;
  const message = { channel, ts: run.answerTs, text: readTogetherText, blocks: [] };
  const mark = { runId: id, role: 'answer' } as const;
  const folded = await callSlack(() => slack(team).update({ ...message, mark }), { clock });
  if (folded.kind === 'refused') {
    logger.warn({ run: id, error: folded.error }, 'the answer to a part could not be collapsed');
  }
}
