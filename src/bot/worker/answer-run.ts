import { FtmError } from '../../ftm-error.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { JobContext } from '../../platform/queue/job-queue.ts';
import type { JobResult, RunQueue } from '../../platform/queue/run-queue.ts';
import { isSlackUser, type Run, type RunOutcome, verdictOrCode } from '../../platform/runs/run.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { Delivery } from '../delivery/types.ts';
import { scheduleDebugClose } from '../recovery/debug-session-recovery.ts';
import type { DebugSessions } from '../recovery/debug-sessions.ts';
import { failedOutcome } from './failed-outcome.ts';
import { createFollowers } from './followers.ts';
import type { ProduceContext } from './produce-outcome.ts';

export interface AnswerOptions {
  readonly debugSessions: DebugSessions;
  readonly queue: RunQueue;
  readonly runs: RunStore;
  readonly delivery: Delivery;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Adds the outcome of a check to the history of its device; never rejects. */
  readonly addToHistory?: (run: Run, outcome: RunOutcome) => Promise<void>;
  /**
   * Called after a final answer, for example to page; may be called again for the same run. `early`: the outcome is
   * stored, and Slack does not take it yet.
   */
  readonly onAnswered?: (runId: string, options?: { readonly early?: boolean }) => Promise<void>;
}

/** Rejects with an `FtmError` if no diagnosis is possible. */
export type Produce = (context: ProduceContext) => Promise<RunOutcome>;

/** A device that failed to answer twice is not tried a third time while a person waits. */
const DEVICE_ATTEMPTS = 2;

/** About ten seconds after Slack failed first: a short outage delays no page. */
const EARLY_ATTEMPT = 3;

/**
 * Produces the outcome of a run, unless an earlier attempt did, and delivers it once. Rejects if another attempt
 * should follow.
 */
export async function answerRun(
  requested: Run,
  context: JobContext<JobResult>,
  options: AnswerOptions,
  produce: Produce,
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
  const outcome =
    stored ?? context.shared?.result ?? (await produceOutcome(run, context, options, produce, logger));
  if (run.live !== undefined && run.alias !== undefined)
    await scheduleDebugClose(run.alias, { ...options, logger });
  await opened;
  if (!stored) await runs.update(run.id, { outcome });
  // A run that shares the result of another one is no check of its own.
  if (context.shared === undefined) await options.addToHistory?.(run, outcome);
  await deliverOrTell((await runs.get(run.id)) ?? run, outcome, context.attempt, options);
  await delivery.collapseSuperseded(run);
  await options.onAnswered?.(run.id);
  logger.info({ outcome: verdictOrCode(outcome) }, 'run answered');
  await delivery.attachPicture(run);
  return outcome;
}

/** While Slack is away, the incident of an alert gets its findings and its page goes out all the same. */
async function deliverOrTell(
  run: Run,
  outcome: RunOutcome,
  attempt: number,
  { delivery, onAnswered, logger }: AnswerOptions,
): Promise<void> {
  try {
    await delivery.deliver(run, outcome);
  } catch (error) {
    if (isSlackUser(run.asker.id) || attempt < EARLY_ATTEMPT) throw error;
    logger.warn({ run: run.id, err: error }, 'Slack does not take the answer to an alert yet');
    await onAnswered?.(run.id, { early: true });
    throw error;
  }
}

async function produceOutcome(
  run: Run,
  context: JobContext<JobResult>,
  options: AnswerOptions,
  produce: Produce,
  logger: Logger,
): Promise<RunOutcome> {
  const followers = createFollowers(run, { ...options, logger });
  try {
    return await produce({
      signal: context.signal,
      onProgress: (progress) => {
        context.progress(progress);
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

export function isRetried(error: unknown, context: JobContext<JobResult>): boolean {
  if (!(error instanceof FtmError) || !error.retryable) return false;
  // This process is stopping: another one repeats the run and answers.
  if (error.code === 'ftm_interrupted') return true;
  return context.attempt < DEVICE_ATTEMPTS && !context.signal.aborted;
}
