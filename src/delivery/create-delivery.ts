import { randomUUID } from 'node:crypto';
import { FtmError } from '../ftm-error.ts';
import type { Earlier } from '../report/comparison.ts';
import { readTogetherText } from '../report/read-together-text.ts';
import type { ReportPlacement } from '../report/slack/render-slack.ts';
import { isSlackUser, type Run, type RunOutcome } from '../runs/run.ts';
import { explainRefusal, kindOfRefusal } from '../slack/refusals.ts';
import { attachPicture } from './attach-picture.ts';
import { attachOnDemand, attachReport } from './attach-report.ts';
import { callSlack } from './call-slack.ts';
import { collapseSuperseded, isSuperseded } from './collapse-superseded.ts';
import { putGroup } from './deliver-group.ts';
import type { DeliveryOptions, Rendering } from './delivery-options.ts';
import { deviceHistory } from './device-history.ts';
import { editUnderLease } from './edit-under-lease.ts';
import { createGroupProgress } from './group-progress.ts';
import { openAnswer } from './open-answer.ts';
import { progressMessage } from './progress-view.ts';
import { putAnswer } from './put-answer.ts';
import { type LeaseOptions, withLease } from './run-lease.ts';
import { createProgressLine, type ProgressLine } from './show-progress.ts';
import { bareAnswer } from './texts.ts';
import type { Delivery, GroupAnswer, Opened, RenderedAnswer, RunProgress } from './types.ts';

/** Number of answered runs kept in memory, so that late progress is dropped. */
const MAX_REMEMBERED = 1000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const opening = new Map<string, Promise<Opened>>();
  /** An aborted attempt may still be waiting for Slack when the next one starts. */
  const delivering = new Map<string, Promise<void>>();
  const lines = new Map<string, ProgressLine>();
  const answered = new Set<string>();
  const owner = randomUUID();
  const rendering: Rendering = { cards: true, tables: true };
  const groups = createGroupProgress({ ...options, owner }, rendering);

  /** Two callers of one run share one attempt, because neither sees the message that the other is posting. */
  function open(run: Run, { firstTry = false, progress = QUEUED, root }: OpenOptions = {}): Promise<Opened> {
    const pending = opening.get(run.id);
    if (pending) return pending;
    const opened = openAnswer(run, { firstTry, progress, rendering, root }, { ...options, owner }).finally(
      () => opening.delete(run.id),
    );
    opening.set(run.id, opened);
    return opened;
  }

  function lineOf(run: Run): ProgressLine {
    const known =
      lines.get(run.id) ??
      createProgressLine(
        run,
        () => open(run),
        { ...options, owner },
        rendering,
        () => lines.size,
      );
    lines.set(run.id, known);
    return known;
  }

  /** The answer follows: progress that arrives later is dropped. */
  async function endProgress(id: string): Promise<void> {
    answered.add(id);
    for (const oldest of answered) {
      if (answered.size <= MAX_REMEMBERED) break;
      answered.delete(oldest);
    }
    await stopProgress(id);
  }

  async function stopProgress(id: string): Promise<void> {
    const line = lines.get(id);
    lines.delete(id);
    await line?.stop();
  }

  async function deliverOnce(run: Run, outcome: RunOutcome): Promise<void> {
    await endProgress(run.id);
    const opened = await open(run);
    if (opened.state === 'already-answered') return;
    await options.runs.update(run.id, { outcome });
    const answer = (await isSuperseded(run, options))
      ? { text: readTogetherText, blocks: [] }
      : await renderAnswer(run, outcome, options);
    const refused =
      opened.state === 'refused'
        ? opened.error
        : await answerInPlace(opened.run, answer, outcome, { ...options, owner });
    if (refused === undefined) await markAnswered(run);
    else await notifyOnce(run, refused, answer);
  }

  async function deliverGroupOnce(run: Run, answer: GroupAnswer): Promise<void> {
    await groups.stop(run.id);
    const opened = await open(run, { root: answer.root });
    if (opened.state === 'already-answered') return;
    const refused =
      opened.state === 'refused'
        ? opened.error
        : await putGroup(opened.run, answer, rendering, { ...options, owner });
    if (refused === undefined) return await markAnswered(run);
    if (run.group?.sweep === undefined) return await notifyOnce(run, refused, answer.message);
    if (['token', 'other'].includes(kindOfRefusal(refused))) throw refusedByToken(refused);
    options.logger.error(
      { run: run.id, error: refused },
      'Slack refuses the result of a sweep in its channel',
    );
    await markAnswered(run);
  }

  async function markAnswered({ id }: Run): Promise<void> {
    await options.runs.update(id, { answeredAt: options.clock.now() });
  }

  /** Repeating an edit is harmless; repeating a direct message posts another one. */
  function notifyOnce(run: Run, refusal: string, answer: RenderedAnswer): Promise<void> {
    return withLease(run, { ...options, owner }, async (now, keep) => {
      if (now.answeredAt !== undefined) return;
      await sendDirectMessage(run, refusal, answer, keep, options);
      await options.runs.update(run.id, { answerRefused: refusal, answeredAt: options.clock.now() });
    });
  }

  return {
    postPlaceholder: open,
    stopProgress,
    attachReport: (run) => attachOnDemand(run, { ...options, owner }),
    attachPicture: (run) => attachPicture(run, { ...options, owner }),
    async postQueued(run, progress) {
      try {
        const opened = await open(run, { firstTry: true, progress });
        return opened.state === 'refused' ? opened.error : undefined;
      } catch (error) {
        options.logger.warn({ run: run.id, err: error }, 'the placeholder could not be posted');
        return undefined;
      }
    },
    progress(run, progress) {
      if (!answered.has(run.id)) lineOf(run).show(progress);
    },
    async updateQueuePosition(run, progress) {
      try {
        const edited = await editUnderLease(run.id, { ...options, owner }, ({ id, replyTo, answerTs }) =>
          options.slack(replyTo.team).update({
            channel: replyTo.channel,
            ts: answerTs,
            ...progressMessage(run, progress, rendering),
            mark: { runId: id, role: 'answer' },
          }),
        );
        return edited?.kind === 'rate-limited' ? edited.retryAfterMs : 0;
      } catch (error) {
        options.logger.warn({ run: run.id, err: error }, 'a queue position could not be shown');
        return 0;
      }
    },
    deliver(run, outcome) {
      const underWay = delivering.get(run.id);
      if (underWay) return underWay;
      const delivered = deliverOnce(run, outcome).finally(() => delivering.delete(run.id));
      delivering.set(run.id, delivered);
      return delivered;
    },
    showGroup: (runId, message) => groups.show(runId, message),
    deliverGroup(run, answer) {
      const underWay = delivering.get(run.id);
      if (underWay) return underWay;
      const delivered = deliverGroupOnce(run, answer).finally(() => delivering.delete(run.id));
      delivering.set(run.id, delivered);
      return delivered;
    },
    collapseSuperseded: (run) => collapseSuperseded(run, options),
  };
}

const QUEUED: RunProgress = { phase: 'queued' };

interface OpenOptions {
  readonly root?: string;
  readonly firstTry?: boolean;
  readonly progress?: RunProgress;
}

/** Slack's error code if it refused the answer, else undefined. */
async function answerInPlace(
  run: Run & { readonly answerTs: string },
  answer: RenderedAnswer,
  outcome: RunOutcome,
  options: LeaseOptions,
): Promise<string | undefined> {
  const put = await putAnswer(run, answer, options);
  if (put.state === 'refused') return put.error;
  if (put.ts !== run.answerTs) await options.runs.update(run.id, { answerTs: put.ts });
  const whole = { filename: 'ftm-check.txt', content: answer.text };
  const full = answer.full ?? (put.cut ? whole : undefined);
  if (!full) return undefined;
  const report = await attachReport(run, full, options);
  if (answer.full) await showReportPlacement({ ...run, answerTs: put.ts }, outcome, report, options);
  return undefined;
}

/** The answer is already shown: a failure here only loses the line about the report. */
async function showReportPlacement(
  run: Run & { readonly answerTs: string },
  outcome: RunOutcome,
  report: ReportPlacement,
  options: LeaseOptions,
): Promise<void> {
  const put = await putAnswer(run, await renderAnswer(run, outcome, options, report), options);
  if (put.state === 'refused') {
    options.logger.warn({ run: run.id, error: put.error }, 'the answer does not say where its report is');
  }
}

async function sendDirectMessage(
  run: Run,
  refusal: string,
  answer: RenderedAnswer,
  keep: () => Promise<void>,
  { slack, clock, logger }: DeliveryOptions,
): Promise<void> {
  logger.warn({ run: run.id, error: refusal }, 'Slack refuses the answer in this channel');
  const kind = kindOfRefusal(refusal);
  if (kind === 'token') throw refusedByToken(refusal);
  // An alert asked: its answer goes to its incident, and the operations channel is told.
  if (!isSlackUser(run.asker.id)) return;
  if (kind === 'other') throw refusedByToken(refusal);
  const text = `${explainRefusal(refusal, run.replyTo.channel)}\n\nHere is the answer, only for you:\n${answer.text}`;
  const port = slack(run.replyTo.team);
  const send = async () => {
    await keep();
    return await port.directMessage({ user: run.asker.id, text });
  };
  const sent = await callSlack(send, { clock });
  if (sent.kind === 'refused') throw refusedByToken(sent.error);
}

/** The operator must fix the token or the app. The queue retries for a while, and `outcome` is kept. */
function refusedByToken(error: string): FtmError {
  return new FtmError('ftm_slack_failed', `Slack refuses the bot: ${error}.`, {
    advice: 'Check the bot token and the scopes of the app against `ftm-check manifest`.',
    retryable: true,
  });
}

/** An error in rendering must not lose the answer. */
async function renderAnswer(
  run: Run,
  outcome: RunOutcome,
  options: DeliveryOptions,
  report?: ReportPlacement,
): Promise<RenderedAnswer> {
  const { id: runId, asker, kind, alias, user, vdom } = run;
  try {
    const [earlier, history] = await Promise.all([earlierOf(run, options), deviceHistory(run, options)]);
    return options.render(outcome, {
      runId,
      asker,
      kind,
      alias,
      user,
      vdom,
      earlier,
      history,
      report,
    });
  } catch (error) {
    options.logger.error({ run: runId, err: error }, 'the answer could not be rendered');
    return bareAnswer(outcome);
  }
}

/** Undefined if there was no previous diagnosis to compare with. */
async function earlierOf(run: Run, { runs }: DeliveryOptions): Promise<Earlier | undefined> {
  if (run.comparesTo === undefined) return undefined;
  const earlier = await runs.get(run.comparesTo);
  if (earlier === undefined) return { agoMs: 0 };
  if (earlier.outcome?.kind !== 'diagnosed') return undefined;
  return {
    diagnosis: earlier.outcome.diagnosis,
    agoMs: Math.max(0, run.acceptedAt - earlier.acceptedAt),
  };
}
