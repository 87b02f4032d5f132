import { FtmError } from '../../engine/ftm-error.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { type Run, type RunOutcome, verdictOrCode } from '../../platform/runs/run.ts';
import type { RunProgress } from '../delivery/types.ts';
import { scheduleDebugClose } from '../recovery/debug-sessions.ts';
import { failedOutcome } from './failed-outcome.ts';
import type { ProduceContext } from './produce-outcome.ts';
import type { AnswerOptions, WorkContext } from './worker-options.ts';

/** Rejects with an `FtmError` if no diagnosis is possible. */
export type Produce = (context: ProduceContext) => Promise<RunOutcome>;

/** A device that failed to answer twice is not tried a third time while a person waits. */
const DEVICE_ATTEMPTS = 2;

/** A page by a provider waits this long for its thread, by attempt, in milliseconds. */
export const WAIT_FOR_SLACK_MS = { first: 5000, again: 1000 } as const;

/**
 * Produces the outcome of a run, unless an earlier attempt did, and delivers it once. Rejects if another attempt
 * should follow. `mayBeShown`: an answer of the run may stand in Slack although the store does not know it.
 */
export async function answerRun(
  requested: Run,
  context: WorkContext,
  options: AnswerOptions,
  produce: Produce,
  { mayBeShown = false }: { readonly mayBeShown?: boolean } = {},
): Promise<RunOutcome> {
  const { runs, delivery } = options;
  const logger = options.logger.child({ run: requested.id, attempt: context.attempt });
  // If the record expired or the store lost it, the job alone is enough to answer.
  const run = (await runs.get(requested.id)) ?? (await runs.create(requested));
  // After a crash the job runs again: a stored outcome is not produced twice, a posted answer not posted twice.
  const stored = run.outcome?.kind === 'group' ? undefined : run.outcome;
  if (stored && run.answeredAt !== undefined) {
    await delivery.collapseSuperseded(run);
    await options.onAnswered?.(run.id);
    await delivery.attachPicture(run);
    return stored;
  }

  // The device check does not wait for Slack: without a placeholder now, `deliver` posts one.
  const opened = delivery
    .postPlaceholder(run, { firstTry: context.attempt === 1 })
    .catch((error: unknown) => logger.warn({ err: error }, 'no placeholder yet'));
  const early = announceEarly(run, context.attempt, options);
  let kept = stored;
  /** An outcome is kept before anything waits for Slack, because a page does not. */
  async function keep(outcome: RunOutcome): Promise<RunOutcome> {
    if (outcome !== kept) await runs.update(run.id, { outcome });
    kept = outcome;
    early.start();
    return outcome;
  }
  try {
    const known = stored ?? context.shared?.result;
    const produceAndKeep: Produce = async (produced) => await keep(await produce(produced));
    const outcome = await keep(
      known ?? (await produceOutcome(run, context, options, produceAndKeep, logger)),
    );
    if (run.live !== undefined && run.alias !== undefined)
      await scheduleDebugClose(run.alias, { ...options, logger });
    await opened;
    // A run that shares the result of another one is no check of its own.
    if (context.shared === undefined) await options.addToHistory?.(run, outcome);
    const isRepeated = known === undefined && (mayBeShown || context.attempt > 1);
    await delivery.deliver((await runs.get(run.id)) ?? run, outcome, { mayBeShown: isRepeated });
    early.stop();
    await delivery.collapseSuperseded(run);
    await options.onAnswered?.(run.id);
    logger.info({ outcome: verdictOrCode(outcome) }, 'run answered');
    await delivery.attachPicture(run);
    return outcome;
  } catch (error) {
    await early.fail();
    throw error;
  }
}

/**
 * While Slack is away or slow, the incident of an alert gets its findings and its page goes out all the same. Pasted
 * evidence is known by its thread, so its page waits for that.
 */
function announceEarly(run: Run, attempt: number, { onAnswered, logger }: AnswerOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAnnounced = run.alias === undefined || onAnswered === undefined;
  async function announce(): Promise<void> {
    if (isAnnounced) return;
    isAnnounced = true;
    logger.warn({ run: run.id }, 'Slack does not take an answer yet: whoever is paged does not wait for it');
    await onAnswered?.(run.id, { early: true }).catch((error: unknown) => {
      isAnnounced = false;
      logger.warn({ run: run.id, err: error }, 'an early answer could not be announced');
    });
  }
  return {
    start(): void {
      const delayMs = attempt === 1 ? WAIT_FOR_SLACK_MS.first : WAIT_FOR_SLACK_MS.again;
      timer ??= setTimeout(() => void announce(), delayMs);
    },
    stop: (): void => clearTimeout(timer),
    /** Slack failed twice. */
    async fail(): Promise<void> {
      clearTimeout(timer);
      if (timer !== undefined && attempt > 1) await announce();
    },
  };
}

async function produceOutcome(
  run: Run,
  context: WorkContext,
  options: AnswerOptions,
  produce: Produce,
  logger: Logger,
): Promise<RunOutcome> {
  const followers = createFollowers(run, { ...options, logger });
  try {
    return await produce({
      signal: context.signal,
      onProgress: (progress) => {
        options.delivery.progress(run, progress);
        followers.show(progress);
      },
    });
  } catch (thrown) {
    // The reason of a cancellation or timeout is more informative than the error it caused.
    const stopped = context.signal.aborted && !isLeftOn(thrown, context.signal);
    const error: unknown = stopped ? context.signal.reason : thrown;
    const again = isRetried(error, context);
    logger.warn({ err: error, again }, 'run has no diagnosis');
    if (again) throw error;
    return failedOutcome(error);
  } finally {
    await followers.stop();
    // The next attempt may run in another process: a late edit from here would overwrite its answer.
    await options.delivery.stopProgress(run.id);
  }
}

/**
 * A person has to turn debug off, which matters more than why the run ended. An interrupted run is retried and turns
 * it off itself.
 */
function isLeftOn(thrown: unknown, { reason }: AbortSignal): boolean {
  const isInterrupted = reason instanceof FtmError && reason.code === 'ftm_interrupted';
  return thrown instanceof FtmError && thrown.code === 'ftm_debug_left_on' && !isInterrupted;
}

export function isRetried(error: unknown, context: WorkContext): boolean {
  if (!(error instanceof FtmError) || !error.retryable) return false;
  // This process is stopping: another one repeats the run and answers.
  if (error.code === 'ftm_interrupted') return true;
  return context.attempt < DEVICE_ATTEMPTS && !context.signal.aborted;
}

const REFRESH_INTERVAL_MS = 1500;
const MAX_FOLLOWERS = 20;

/**
 * Runs that share this run's result: their messages show its progress. Only the process that runs the leader edits its
 * followers' messages, and it stops before the result is published. So no late edit can overwrite an answer.
 */
function createFollowers(leader: Run, { runs, delivery, logger, now }: AnswerOptions) {
  const shown = new Set<string>();
  let followers: readonly Run[] = [];
  let refreshAt = 0;
  let refreshing: Promise<void> | undefined;
  let stopped = false;
  let latest: RunProgress | undefined;

  async function refresh(alias: string): Promise<void> {
    const recent = await runs.byDevice(alias, MAX_FOLLOWERS);
    followers = recent.filter((run) => run.joined === leader.id && run.answeredAt === undefined);
    if (!stopped && latest) showAll(latest);
  }

  function showAll(progress: RunProgress): void {
    const shares = { asker: leader.asker, agoMs: Math.max(0, now() - leader.acceptedAt) };
    for (const run of followers) {
      shown.add(run.id);
      delivery.progress(run, { ...progress, shares });
    }
  }

  return {
    show(progress: RunProgress) {
      if (stopped || leader.alias === undefined) return;
      latest = progress;
      if (refreshing === undefined && now() >= refreshAt) {
        refreshAt = now() + REFRESH_INTERVAL_MS;
        refreshing = refresh(leader.alias)
          .catch((error: unknown) => logger.warn({ err: error }, 'followers could not be looked up'))
          .finally(() => {
            refreshing = undefined;
          });
        return;
      }
      showAll(progress);
    },
    /** After it resolves, no follower's message is being edited, because another process may answer it. */
    async stop() {
      stopped = true;
      await refreshing;
      await Promise.all([...shown].map((id) => delivery.stopProgress(id)));
    },
  };
}
