import { randomUUID } from 'node:crypto';
import { FtmError } from '../../engine/ftm-error.ts';
import { isSlackUser, type Run, type RunOutcome } from '../../platform/runs/run.ts';
import type { Earlier } from '../../report/documents/answer/comparison.ts';
import { readTogetherText } from '../../report/documents/read-together-text.ts';
import type { ReportPlacement, SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import { explainRefusal, kindOfRefusal } from '../slack/refusals.ts';
import { attachOnDemand, attachPicture, attachReport, uploadOnce } from './attach-report.ts';
import { alikeBefore, collapseSuperseded, isSuperseded } from './collapse-superseded.ts';
import { deviceHistory } from './device-history.ts';
import { callSlack, isFinalShown } from './find-posted.ts';
import { type PlaceholderOptions, postPlaceholder } from './post-placeholder.ts';
import { ProgressLines } from './progress-lines.ts';
import { bareAnswer, progressMessage } from './progress-view.ts';
import { type Put, putAnswer } from './put-answer.ts';
import { editMessage, editUnderLease, type LeaseOptions, withLease } from './run-lease.ts';
import type {
  Delivery,
  DeliveryOptions,
  GroupAnswer,
  PlacedRun,
  Placeholder,
  Rendering,
  RunProgress,
} from './types.ts';

/** Number of answered runs kept in memory, so that late progress is dropped. */
const MAX_REMEMBERED = 1000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const posting = new Map<string, Promise<Placeholder>>();
  const delivering = new Map<string, Promise<void>>();
  const answered = new Set<string>();
  const leased: LeaseOptions = { ...options, owner: randomUUID() };
  const rendering: Rendering = { cards: true, tables: true };
  const lines = new ProgressLines({ ...leased, rendering, placeholder: (run) => placeholderOf(run) });

  /** Two callers of one run share one attempt, because neither sees the message that the other is posting. */
  function placeholderOf(
    run: Run,
    { firstTry = false, progress = QUEUED, root }: Partial<PlaceholderOptions> = {},
  ): Promise<Placeholder> {
    return share(posting, run.id, () =>
      postPlaceholder(run, { firstTry, progress, rendering, root }, leased),
    );
  }

  /** The answer follows: progress that arrives later is dropped. */
  async function endProgress(id: string): Promise<void> {
    answered.add(id);
    for (const oldest of answered) {
      if (answered.size <= MAX_REMEMBERED) break;
      answered.delete(oldest);
    }
    await lines.stop(id);
  }

  async function deliver(run: Run, outcome: RunOutcome, mayBeShown: boolean): Promise<void> {
    await endProgress(run.id);
    const placeholder = await placeholderOf(run);
    if (placeholder.state === 'already-answered') return;
    if (mayBeShown && placeholder.state === 'ready' && (await isFinalShown(placeholder.run, options))) {
      options.logger.warn({ run: run.id }, 'an earlier attempt has shown its answer: it stays');
      return await markAnswered(run);
    }
    // Stored before. Again, because two processes may run one job after an outage of Redis, each with an outcome of its
    // own: what is stored is what is shown.
    await options.runs.update(run.id, { outcome });
    const answer = (await isSuperseded(run, options))
      ? { text: readTogetherText, blocks: [] }
      : await renderOrBare(run, outcome, options);
    const put =
      placeholder.state === 'ready' ? await putAnswer(placeholder.run, answer, leased) : placeholder;
    if (put.state === 'refused') {
      // Nothing stands above it where only the asker sees it: the whole answer, also where nothing changed.
      const alone = await renderOrBare(run, outcome, options, { standsAlone: true });
      return await notifyOnce(run, put.error, alone);
    }
    await attachWhole(put, answer, outcome, leased);
    await markAnswered(run);
  }

  async function deliverGroup(run: Run, answer: GroupAnswer): Promise<void> {
    await lines.stop(run.id);
    const placeholder = await placeholderOf(run, { root: answer.root });
    if (placeholder.state === 'already-answered') return;
    const refused =
      placeholder.state === 'refused'
        ? placeholder.error
        : await putGroup(placeholder.run, answer, rendering, leased);
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
  function notifyOnce(run: Run, refusal: string, answer: SlackAnswer): Promise<void> {
    return withLease(run, leased, async (now, renew) => {
      if (now.answeredAt !== undefined) return;
      await sendDirectMessage(run, refusal, answer, renew, options);
      await options.runs.update(run.id, { answerRefused: refusal, answeredAt: options.clock.now() });
    });
  }

  return {
    postPlaceholder: placeholderOf,
    stopProgress: (id) => lines.stop(id),
    attachReport: (run) => attachOnDemand(run, leased),
    attachPicture: (run) => attachPicture(run, leased),
    async postQueued(run, progress) {
      try {
        const placeholder = await placeholderOf(run, { firstTry: true, progress });
        return placeholder.state === 'refused' ? placeholder.error : undefined;
      } catch (error) {
        options.logger.warn({ run: run.id, err: error }, 'the placeholder could not be posted');
        return undefined;
      }
    },
    progress(run, progress) {
      if (!answered.has(run.id)) lines.showRun(run, progress);
    },
    async updateQueuePosition(run, progress) {
      try {
        const edited = await editUnderLease(run.id, leased, (placed) =>
          editMessage(placed, progressMessage(run, progress, rendering), leased),
        );
        return edited?.kind === 'rate-limited' ? edited.retryAfterMs : 0;
      } catch (error) {
        options.logger.warn({ run: run.id, err: error }, 'a queue position could not be shown');
        return 0;
      }
    },
    // An aborted attempt may still be waiting for Slack when the next one starts: both share it.
    deliver: (run, outcome, { mayBeShown = false } = {}) =>
      share(delivering, run.id, () => deliver(run, outcome, mayBeShown)),
    showGroup: (runId, message) => lines.showGroup(runId, message),
    deliverGroup: (run, answer) => share(delivering, run.id, () => deliverGroup(run, answer)),
    collapseSuperseded: (run) => collapseSuperseded(run, options),
  };
}

/** One attempt for all callers who come while it lasts. */
function share<T>(pending: Map<string, Promise<T>>, id: string, start: () => Promise<T>): Promise<T> {
  const known = pending.get(id);
  if (known) return known;
  const started = start().finally(() => pending.delete(id));
  pending.set(id, started);
  return started;
}

const QUEUED: RunProgress = { phase: 'queued' };

/**
 * Puts the table in place of the placeholder and attaches the files. Idempotent. Resolves with Slack's error code if it
 * refuses posts there.
 */
async function putGroup(
  run: PlacedRun,
  { message, files }: GroupAnswer,
  rendering: Rendering,
  options: LeaseOptions,
): Promise<string | undefined> {
  const { text, blocks, plainBlocks } = message;
  const answer = rendering.tables ? { text, blocks, plainBlocks } : { text, blocks: plainBlocks };
  const put = await putAnswer(run, answer, options);
  if (put.state === 'refused') return put.error;
  for (const file of files) {
    const uploaded = await withLease(put.run, options, (now, renew) =>
      uploadOnce(now, file, { renew, mayExist: true }, options),
    );
    if (uploaded?.kind !== 'refused') continue;
    options.logger.error({ run: run.id, error: uploaded.error }, 'a file could not be attached');
    break;
  }
  return undefined;
}

/** What the message does not hold. */
async function attachWhole(
  { run, cut }: Extract<Put, { state: 'shown' }>,
  answer: SlackAnswer,
  outcome: RunOutcome,
  options: LeaseOptions,
): Promise<void> {
  const full = answer.full ?? (cut ? { filename: 'ftm-check.txt', content: answer.text } : undefined);
  if (!full) return;
  const report = await attachReport(run, full, options);
  if (answer.full) await showReportPlacement(run, outcome, report, options);
}

/** The answer is already shown: a failure here only loses the line about the report. */
async function showReportPlacement(
  run: PlacedRun,
  outcome: RunOutcome,
  report: ReportPlacement,
  options: LeaseOptions,
): Promise<void> {
  const put = await putAnswer(run, await renderOrBare(run, outcome, options, { report }), options);
  if (put.state === 'refused') {
    options.logger.warn({ run: run.id, error: put.error }, 'the answer does not say where its report is');
  }
}

async function sendDirectMessage(
  run: Run,
  refusal: string,
  answer: SlackAnswer,
  renew: () => Promise<void>,
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
    await renew();
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

/**
 * An error in rendering must not lose the answer. What the store does not give now, the next attempt reads: a bare answer
 * would be edited into another one then.
 */
async function renderOrBare(
  run: Run,
  outcome: RunOutcome,
  options: DeliveryOptions,
  { report, standsAlone = false }: { readonly report?: ReportPlacement; readonly standsAlone?: boolean } = {},
): Promise<SlackAnswer> {
  const { id: runId, asker, kind, alias, user, vdom, afterFix } = run;
  const [earlier, history] = await Promise.all([
    standsAlone ? undefined : earlierOf(run, outcome, options),
    deviceHistory(run, options),
  ]);
  try {
    const asked = { runId, asker, kind, alias, user, vdom, afterFix };
    return options.render(outcome, { ...asked, earlier, history, report }, run);
  } catch (error) {
    options.logger.error({ run: runId, err: error }, 'the answer could not be rendered');
    return bareAnswer(outcome);
  }
}

/** Undefined if there was no previous diagnosis to compare with. */
async function earlierOf(
  run: Run,
  outcome: RunOutcome,
  { runs }: DeliveryOptions,
): Promise<Earlier | undefined> {
  if (run.comparesTo === undefined) return await sameText(run, outcome, runs);
  const earlier = await runs.get(run.comparesTo);
  if (earlier === undefined) return { at: run.acceptedAt, agoMs: 0 };
  if (earlier.outcome?.kind !== 'diagnosed') return undefined;
  return {
    diagnosis: earlier.outcome.diagnosis,
    at: earlier.acceptedAt,
    agoMs: Math.max(0, run.acceptedAt - earlier.acceptedAt),
  };
}

/** The answer above, in the same thread, about a text that says exactly the same. */
async function sameText(
  run: Run,
  outcome: RunOutcome,
  runs: DeliveryOptions['runs'],
): Promise<Earlier | undefined> {
  const { kind, replyTo, acceptedAt } = run;
  if (kind !== 'analyze' || replyTo.thread === undefined || outcome.kind !== 'diagnosed') return undefined;
  const first = (await alikeBefore(run, outcome.diagnosis, runs)).at(-1);
  return (
    first && { diagnosis: outcome.diagnosis, at: first.acceptedAt, agoMs: acceptedAt - first.acceptedAt }
  );
}
