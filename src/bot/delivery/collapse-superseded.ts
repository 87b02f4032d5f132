import type { KnownBlock } from '@slack/types';
import { isSameDiagnosis, isUnchanged } from '../../engine/diagnosis/compare.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { Run } from '../../platform/runs/run.ts';
import { getThread } from '../../platform/store/run-fields.ts';
import { proofText } from '../../report/documents/answer/logins.ts';
import { readTogetherText } from '../../report/documents/read-together-text.ts';
import { provedText, supersededMessage } from '../../report/formats/slack/superseded-message.ts';
import { callSlack } from './find-posted.ts';
import { rootText } from './progress-view.ts';
import type { RunMark } from './slack-port.ts';
import type { DeliveryOptions } from './types.ts';

/** More than the number of messages of one paste. */
const MAX_RUNS_READ = 50;

/** Also collapses this run's own answer if a run covering the whole paste was accepted earlier or in the meantime. */
export async function collapseSuperseded(run: Run, options: DeliveryOptions): Promise<void> {
  for (const part of run.replaces ?? []) await collapse(part, options);
  if (run.comparesTo !== undefined) await collapseEarlier(run, run.comparesTo, options);
  if (await isSuperseded(run, options)) await collapse(run.id, options);
  await removeLineBefore(run, options);
}

/** Of several checks in a thread that changed nothing only the last one's line stays. */
async function removeLineBefore({ id }: Run, { runs, slack, clock, logger }: DeliveryOptions): Promise<void> {
  const run = await runs.get(id);
  if (run?.outcome?.kind !== 'diagnosed' || run.answeredAt === undefined) return;
  const { channel, team } = run.replyTo;
  const [line, answer] = await alikeBefore(run, run.outcome.diagnosis, runs);
  if (answer === undefined || line?.answerTs === undefined) return;
  const ts = line.answerTs;
  const removed = await callSlack(() => slack(team).remove({ channel, ts }), { clock });
  if (removed.kind === 'refused') logger.info({ run: id, error: removed.error }, 'an earlier line stays');
}

/**
 * The earlier runs of the thread that said the same, newest first: the last of them is the answer that stands there, the
 * others are lines that point to it.
 */
export async function alikeBefore(
  run: Run,
  diagnosis: Diagnosis,
  runs: DeliveryOptions['runs'],
): Promise<readonly Run[]> {
  const { id, kind, acceptedAt, comparesTo, replyTo } = run;
  const thread = getThread(run);
  if (thread === undefined || (kind !== 'analyze' && comparesTo === undefined)) return [];
  const others = await runs.byThread(replyTo.channel, thread, MAX_RUNS_READ);
  const alike = others.filter((other) => {
    const { outcome } = other;
    const isEarlier = other.id !== id && other.acceptedAt < acceptedAt && other.answeredAt !== undefined;
    if (!isEarlier || outcome?.kind !== 'diagnosed') return false;
    if (comparesTo !== undefined)
      return [other.id, other.comparesTo].includes(comparesTo) && isUnchanged(outcome.diagnosis, diagnosis);
    const isReplaced = [run, ...others].some((each) => each.replaces?.includes(other.id));
    return !isReplaced && isSameDiagnosis(outcome.diagnosis, diagnosis);
  });
  return comparesTo === undefined || alike.at(-1)?.id === comparesTo ? alike : [];
}

/** Whether an accepted run covers this run's text together with later messages. */
export async function isSuperseded({ id, kind, replyTo }: Run, { runs }: DeliveryOptions): Promise<boolean> {
  if (kind !== 'analyze' || replyTo.thread === undefined) return false;
  const others = await runs.byThread(replyTo.channel, replyTo.thread, MAX_RUNS_READ);
  return others.some(({ replaces = [] }) => replaces.includes(id));
}

/** The answer that a re-check is compared with: its fix and undo stay, behind a title. */
async function collapseEarlier(run: Run, earlierId: string, options: DeliveryOptions): Promise<void> {
  const { runs, render } = options;
  const earlier = await runs.get(earlierId);
  const { outcome, answerTs } = earlier ?? {};
  if (!earlier || outcome?.kind !== 'diagnosed' || answerTs === undefined) return;
  const now = await runs.get(run.id);
  if (now?.answeredAt === undefined || now.outcome?.kind !== 'diagnosed') return;
  // The newer message says only that.
  if (isUnchanged(outcome.diagnosis, now.outcome.diagnosis)) return;
  const { id: runId, asker, kind, alias, user, vdom } = earlier;
  const answer = render(outcome, { runId, asker, kind, alias, user, vdom }, earlier);
  const proof = proofText(now.outcome.diagnosis);
  const message = supersededMessage(outcome.diagnosis.headline, answer.blocks, proof);
  await edit(earlier, 'answer', answerTs, message, 'the earlier answer could not be collapsed', options);
  if (proof === undefined || earlier.rootTs === undefined) return;
  // The message that began the thread says that a login was seen to succeed.
  const root = { text: `${provedText(proof)} · ${rootText(earlier)}` };
  await edit(earlier, 'root', earlier.rootTs, root, 'the first message could not show the proof', options);
}

/** An edit that Slack refuses leaves the message as it is. */
async function edit(
  { id: runId, replyTo: { channel, team } }: Run,
  role: RunMark['role'],
  ts: string,
  message: { readonly text: string; readonly blocks?: readonly KnownBlock[] },
  whenRefused: string,
  { slack, clock, logger }: DeliveryOptions,
): Promise<void> {
  const mark = { runId, role };
  const edited = await callSlack(() => slack(team).update({ channel, ts, ...message, mark }), { clock });
  if (edited.kind === 'refused') logger.warn({ run: runId, error: edited.error }, whenRefused);
}

async function collapse(id: string, options: DeliveryOptions): Promise<void> {
  const run = await options.runs.get(id);
  // A run without an answer collapses its own answer later.
  if (run?.answeredAt === undefined || run.answerTs === undefined) return;
  const message = { text: readTogetherText, blocks: [] };
  await edit(run, 'answer', run.answerTs, message, 'the answer to a part could not be collapsed', options);
  await removePicture(run, options);
}

async function removePicture(run: Run, { slack, runs, clock, logger }: DeliveryOptions): Promise<void> {
  if (run.picture?.kind !== 'attached') return;
  const { file } = run.picture;
  const removed = await callSlack(() => slack(run.replyTo.team).deleteFile(file), { clock });
  if (removed.kind === 'refused') {
    logger.warn({ run: run.id, error: removed.error }, 'the picture of a replaced answer stays');
  }
  await runs.update(run.id, { picture: { kind: 'removed' } });
}
