import { isUnchanged } from '../../engine/diagnosis/compare.ts';
import type { Run } from '../../platform/runs/run.ts';
import { proofText } from '../../report/documents/answer/logins.ts';
import { readTogetherText } from '../../report/documents/read-together-text.ts';
import { provedText, supersededMessage } from '../../report/formats/slack/superseded-message.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { rootText } from './texts.ts';

/** More than the number of messages of one paste. */
const MAX_RUNS_READ = 50;

/** Also collapses this run's own answer if a run covering the whole paste was accepted earlier or in the meantime. */
export async function collapseSuperseded(run: Run, options: DeliveryOptions): Promise<void> {
  for (const part of run.replaces ?? []) await collapse(part, options);
  if (run.comparesTo !== undefined) await collapseEarlier(run, run.comparesTo, options);
  if (await isSuperseded(run, options)) await collapse(run.id, options);
}

/** Whether an accepted run covers this run's text together with later messages. */
export async function isSuperseded({ id, kind, replyTo }: Run, { runs }: DeliveryOptions): Promise<boolean> {
  if (kind !== 'analyze' || replyTo.thread === undefined) return false;
  const others = await runs.byThread(replyTo.channel, replyTo.thread, MAX_RUNS_READ);
  return others.some(({ replaces = [] }) => replaces.includes(id));
}

/** The answer that a re-check is compared with: its fix and undo stay, behind a title. */
async function collapseEarlier(run: Run, earlierId: string, options: DeliveryOptions): Promise<void> {
  const { slack, runs, render, clock, logger } = options;
  const earlier = await runs.get(earlierId);
  const { outcome, answerTs, replyTo } = earlier ?? {};
  if (!earlier || outcome?.kind !== 'diagnosed' || answerTs === undefined || replyTo === undefined) return;
  const now = await runs.get(run.id);
  if (now?.answeredAt === undefined || now.outcome?.kind !== 'diagnosed') return;
  // The newer message says only that.
  if (isUnchanged(outcome.diagnosis, now.outcome.diagnosis)) return;
  const { id: runId, asker, kind, alias, user, vdom } = earlier;
  const answer = render(outcome, { runId, asker, kind, alias, user, vdom }, earlier);
  const proof = proofText(now.outcome.diagnosis);
  const message = supersededMessage(outcome.diagnosis.headline, answer.blocks, proof);
  const collapsed = await callSlack(
    () =>
      slack(replyTo.team).update({
        channel: replyTo.channel,
        ts: answerTs,
        ...message,
        mark: { runId, role: 'answer' },
      }),
    { clock },
  );
  if (collapsed.kind === 'refused') {
    logger.warn({ run: runId, error: collapsed.error }, 'the earlier answer could not be collapsed');
  }
  if (proof !== undefined) await showProof(earlier, proof, options);
}

/** The message that began the thread says that a login was seen to succeed. */
async function showProof(run: Run, proof: string, { slack, clock, logger }: DeliveryOptions): Promise<void> {
  const { id: runId, rootTs: ts, replyTo } = run;
  if (ts === undefined) return;
  const text = `${provedText(proof)} · ${rootText(run)}`;
  const mark = { runId, role: 'root' } as const;
  const shown = await callSlack(
    () => slack(replyTo.team).update({ channel: replyTo.channel, ts, text, mark }),
    {
      clock,
    },
  );
  if (shown.kind === 'refused') {
    logger.warn({ run: runId, error: shown.error }, 'the first message could not show the proof');
  }
}

async function collapse(id: string, options: DeliveryOptions): Promise<void> {
  const { slack, runs, clock, logger } = options;
  const run = await runs.get(id);
  // A run without an answer collapses its own answer later.
  if (run?.answeredAt === undefined || run.answerTs === undefined) return;
  const { channel, team } = run.replyTo;
  const message = { channel, ts: run.answerTs, text: readTogetherText, blocks: [] };
  const mark = { runId: id, role: 'answer' } as const;
  const folded = await callSlack(() => slack(team).update({ ...message, mark }), { clock });
  if (folded.kind === 'refused') {
    logger.warn({ run: id, error: folded.error }, 'the answer to a part could not be collapsed');
  }
  await removePicture(run, options);
}

/** Deletes the picture of an answer that another one replaces. */
async function removePicture(run: Run, { slack, runs, clock, logger }: DeliveryOptions): Promise<void> {
  if (run.picture?.kind !== 'attached') return;
  const { file } = run.picture;
  const removed = await callSlack(() => slack(run.replyTo.team).deleteFile(file), { clock });
  if (removed.kind === 'refused') {
    logger.warn({ run: run.id, error: removed.error }, 'the picture of a replaced answer stays');
  }
  await runs.update(run.id, { picture: { kind: 'removed' } });
}
