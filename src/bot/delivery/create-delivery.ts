import { FtmError } from '../../engine/ftm-error.ts';
import { isSlackUser, type Run, type RunOutcome } from '../../platform/runs/run.ts';
import { readTogetherText } from '../../report/documents/read-together-text.ts';
import type { GroupMessage } from '../../report/formats/slack/render-group.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import { explainRefusal, kindOfRefusal } from '../slack/refusals.ts';
import { renderOrBare } from './answer-content.ts';
import { attachOnDemand, attachPicture, attachReport, uploadOnce } from './attach-report.ts';
import { collapseSuperseded, isSuperseded } from './collapse-superseded.ts';
import { callSlack, isFinalShown } from './find-posted.ts';
import { type PlaceholderOptions, postPlaceholder } from './post-placeholder.ts';
import { createProgressLines, editProgress } from './progress-lines.ts';
import { type Put, putAnswer } from './put-answer.ts';
import { type LeasedRun, withLease } from './run-lease.ts';
import type {
  DeliveryOptions,
  GroupAnswer,
  PlacedRun,
  Placeholder,
  Rendering,
  RunProgress,
} from './types.ts';

/** Number of answered runs kept in memory, so that late progress is dropped. */
const MAX_REMEMBERED = 1000;

export type Delivery = ReturnType<typeof createDelivery>;

/** What rejects because Slack is unavailable rejects with a retryable `ftm_slack_failed`. */
export function createDelivery(options: DeliveryOptions) {
  const { runs, clock, logger } = options;
  const posting = new Map<string, Promise<Placeholder>>();
  const delivering = new Map<string, Promise<void>>();
  const answered = new Set<string>();
  const rendering: Rendering = { cards: true, tables: true };
  const lines = createProgressLines({ ...options, rendering, placeholder: (run) => sharePlaceholder(run) });

  /** Two callers of one run share one attempt, because neither sees the message that the other is posting. */
  function sharePlaceholder(
    run: Run,
    { firstTry = false, progress = { phase: 'queued' }, root }: Partial<PlaceholderOptions> = {},
  ): Promise<Placeholder> {
    const wanted = { firstTry, progress, rendering, root };
    return share(posting, run.id, () => postPlaceholder(run, wanted, options));
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
    const placeholder = await sharePlaceholder(run);
    if (placeholder.state === 'already-answered') return;
    if (mayBeShown && placeholder.state === 'ready' && (await isFinalShown(placeholder.run, options))) {
      logger.warn({ run: run.id }, 'an earlier attempt has shown its answer: it stays');
      return await markAnswered(run);
    }
    // Stored before. Again, because two processes may run one job after an outage of Redis, each with an outcome of its
    // own: what is stored is what is shown.
    await runs.update(run.id, { outcome });
    const answer = (await isSuperseded(run, options))
      ? { text: readTogetherText, blocks: [] }
      : await renderOrBare(run, outcome, options);
    const put =
      placeholder.state === 'ready' ? await putAnswer(placeholder.run, answer, options) : placeholder;
    if (put.state === 'refused') {
      // Nothing stands above it where only the asker sees it: the whole answer, also where nothing changed.
      const alone = await renderOrBare(run, outcome, options, { standsAlone: true });
      return await notifyOnce(run, put.error, alone);
    }
    await attachWhole(put, answer, outcome);
    await markAnswered(run);
  }

  async function deliverGroup(run: Run, answer: GroupAnswer): Promise<void> {
    await lines.stop(run.id);
    const placeholder = await sharePlaceholder(run, { root: answer.root });
    if (placeholder.state === 'already-answered') return;
    const refused =
      placeholder.state === 'refused' ? placeholder.error : await putGroup(placeholder.run, answer);
    if (refused === undefined) return await markAnswered(run);
    if (run.group?.sweep === undefined) return await notifyOnce(run, refused, answer.message);
    if (['token', 'other'].includes(kindOfRefusal(refused))) throw refusedByToken(refused);
    logger.error({ run: run.id, error: refused }, 'Slack refuses the result of a sweep in its channel');
    await markAnswered(run);
  }

  async function markAnswered({ id }: Run): Promise<void> {
    await runs.update(id, { answeredAt: clock.now() });
  }

  /** Repeating an edit is harmless; repeating a direct message posts another one. */
  function notifyOnce(run: Run, refusal: string, answer: SlackAnswer): Promise<void> {
    return withLease(run, options, async (leased) => {
      if (leased.run.answeredAt !== undefined) return;
      await sendDirectMessage(leased, refusal, answer, options);
      await runs.update(run.id, { answerRefused: refusal, answeredAt: clock.now() });
    });
  }

  /** Puts the table in place of the placeholder and attaches the files. Resolves with Slack's error code if it refuses. */
  async function putGroup(run: PlacedRun, { message, files }: GroupAnswer): Promise<string | undefined> {
    const { text, blocks, plainBlocks } = message;
    const answer = rendering.tables ? { text, blocks, plainBlocks } : { text, blocks: plainBlocks };
    const put = await putAnswer(run, answer, options);
    if (put.state === 'refused') return put.error;
    for (const file of files) {
      const uploaded = await withLease(put.run, options, (leased) => uploadOnce(leased, file, options));
      if (uploaded?.kind !== 'refused') continue;
      logger.error({ run: run.id, error: uploaded.error }, 'a file could not be attached');
      break;
    }
    return undefined;
  }

  /** Attaches what the message does not hold. Where that fails, only the line about the report is lost. */
  async function attachWhole(
    { run, cut }: Extract<Put, { state: 'shown' }>,
    answer: SlackAnswer,
    outcome: RunOutcome,
  ): Promise<void> {
    const full = answer.full ?? (cut ? { filename: 'ftm-check.txt', content: answer.text } : undefined);
    if (!full) return;
    const report = await attachReport(run, full, options);
    if (!answer.full) return;
    const put = await putAnswer(run, await renderOrBare(run, outcome, options, { report }), options);
    if (put.state === 'refused')
      logger.warn({ run: run.id, error: put.error }, 'the answer does not say where its report is');
  }

  return {
    /**
     * Posts the placeholder that becomes the answer, and for a slash command the root message above it. Idempotent,
     * also after a crash: posted messages are found again by their metadata. `firstTry` skips the search if nothing can
     * be there.
     */
    postPlaceholder: sharePlaceholder,
    /**
     * Posts at once that a run was accepted and what it waits for, unless its worker posted first. Resolves with
     * Slack's error code if it refuses posts there. Never rejects.
     */
    async postQueued(run: Run, progress: RunProgress): Promise<string | undefined> {
      try {
        const placeholder = await sharePlaceholder(run, { firstTry: true, progress });
        return placeholder.state === 'refused' ? placeholder.error : undefined;
      } catch (error) {
        logger.warn({ run: run.id, err: error }, 'the placeholder could not be posted');
        return undefined;
      }
    },
    /** Shows progress: at most one edit a second, the latest wins, none after the answer. Never throws. */
    progress(run: Run, progress: RunProgress): void {
      if (!answered.has(run.id)) lines.showRun(run, progress);
    },
    /**
     * Edits the message of a queued run once, unless its answer is being delivered in any process. Resolves with
     * Slack's `Retry-After` in milliseconds. Never rejects.
     */
    async updateQueuePosition(run: Run, progress: RunProgress): Promise<number> {
      try {
        const edited = await editProgress(run, progress, rendering, options);
        return edited?.kind === 'rate-limited' ? edited.retryAfterMs : 0;
      } catch (error) {
        logger.warn({ run: run.id, err: error }, 'a queue position could not be shown');
        return 0;
      }
    },
    /** Attaches the full report of a diagnosed run to its thread, if it is not there. */
    attachReport: (run: Run) => attachOnDemand(run, options),
    /**
     * Uploads the picture of the logins below a delivered answer, where times decide. Once per run, whatever became of it.
     * Rejects if the store is unavailable, or another process has the run for minutes.
     */
    attachPicture: (run: Run) => attachPicture(run, options),
    /** Stops the progress of a run; after it resolves no edit is running. */
    stopProgress: (runId: string) => lines.stop(runId),
    /**
     * Puts the answer in place of the placeholder, attaches the full report if there is one, and marks the run as
     * answered. Its outcome must be stored before: it is kept while Slack is away, and no edit of another process comes
     * after the answer (`editUnderLease`). Idempotent. If Slack refuses posts there, the asker gets a direct message.
     * `mayBeShown`: an earlier attempt, whose outcome the store lost, may have shown its answer; that one then stays, and
     * this outcome is not shown. An aborted attempt may still be waiting for Slack when the next one starts: both share it.
     */
    deliver: (
      run: Run,
      outcome: RunOutcome,
      { mayBeShown = false }: { readonly mayBeShown?: boolean } = {},
    ): Promise<void> => share(delivering, run.id, () => deliver(run, outcome, mayBeShown)),
    /**
     * Shows how far a group check is: at most one edit in three seconds, none after the answer. Reads the run only then.
     * Never throws.
     */
    showGroup: (runId: string, message: (run: Run) => Promise<GroupMessage>) =>
      lines.showGroup(runId, message),
    /**
     * Puts the result of a group check in place of the placeholder, attaches its files and marks the run as answered; its
     * outcome must be stored before. Idempotent. If Slack refuses posts there, the asker gets a direct message; of a sweep
     * no one does.
     */
    deliverGroup: (run: Run, answer: GroupAnswer): Promise<void> =>
      share(delivering, run.id, () => deliverGroup(run, answer)),
    /** Collapses the answers to parts of a paste once the answer to the whole paste is posted. Idempotent. */
    collapseSuperseded: (run: Run) => collapseSuperseded(run, options),
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

async function sendDirectMessage(
  { run, renew }: LeasedRun,
  refusal: string,
  answer: SlackAnswer,
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
