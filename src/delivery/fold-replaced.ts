import type { Run } from '../runs/run.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { readTogetherText } from './texts.ts';

/** A thread has one answer for one case: those for parts of it give way. Never rejects, for the answer itself stands. */
export async function foldReplaced(
  { id, replaces = [] }: Run,
  { slack, runs, clock, logger }: DeliveryOptions,
): Promise<void> {
  for (const part of replaces) {
    try {
      const run = await runs.get(part);
      const ts = run?.answerTs;
      // Without an answer yet it was cancelled, and says itself why.
      if (run?.answeredAt === undefined || ts === undefined) continue;
      const { channel, team } = run.replyTo;
      const mark = { runId: run.id, role: 'answer' } as const;
      await callSlack(() => slack(team).update({ channel, ts, text: readTogetherText, mark }), { clock });
    } catch (error) {
      logger.warn({ run: id, part, err: error }, 'the answer for a part could not be folded');
    }
  }
}
