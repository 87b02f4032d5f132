import type { Delivery } from '../delivery/types.ts';
import { FtmError } from '../ftm-error.ts';
import type { Logger } from '../observe/logger.ts';
import type { JobContext, JobQueue, ProcessOptions } from '../queue/job-queue.ts';
import { closeDebugSession } from '../recovery/close-debug-session.ts';
import { scheduleDebugClose } from '../recovery/debug-session-recovery.ts';
import type { DebugSessions } from '../recovery/debug-sessions.ts';
import { checkedJob } from '../runs/job-schema.ts';
import type { Run, RunJob, RunOutcome } from '../runs/run.ts';
import type { RunStore } from '../runs/run-store.ts';
import { toRun } from '../runs/to-run.ts';
import { failedOutcome } from './failed-outcome.ts';
import { createFollowers } from './followers.ts';
import { type ProduceOptions, produceOutcome } from './produce-outcome.ts';

export interface WorkerOptions extends ProduceOptions {
  readonly debugSessions: DebugSessions;
  readonly queue: JobQueue<RunJob, RunOutcome>;
  readonly runs: RunStore;
  readonly delivery: Delivery;
  readonly logger: Logger;
  readonly concurrency: number;
  /** Diagnoses the look-alike and leaves a record. */
  readonly selfCheck?: (job: RunJob) => Promise<void>;
  /** What follows from a final answer, such as a page; may be called again for the same run. */
  readonly answered?: (runId: string) => Promise<void>;
}

/** A device that did not answer twice will not answer a third time while somebody waits. */
const DEVICE_ATTEMPTS = 2;

/** The tries that remain are for Slack: with the growing pauses they cover an outage of about six minutes. */
const PROCESS = {
  attempts: 9,
  backoffMs: 1500,
  timeLimitMs: 15 * 60_000,
} as const satisfies Partial<ProcessOptions>;

/** Starts working. Every job ends with one final answer: the diagnosis, or why there is none. */
export async function startWorker(options: WorkerOptions): Promise<void> {
  await options.queue.process(async (job, context) => await work(checkedJob(job), context, options), {
    ...PROCESS,
    concurrency: options.concurrency,
    retryable: (error) => !(error instanceof FtmError && error.code === 'ftm_job_invalid'),
  });
}

async function work(
  job: RunJob,
  context: JobContext<RunOutcome>,
  options: WorkerOptions,
): Promise<RunOutcome> {
  if (job.errand === 'withdrawn') return failedOutcome(requestLost());
  if (job.errand === 'self-check') {
    await options.selfCheck?.(job);
    return failedOutcome(new FtmError('ftm_internal', 'Nobody asked.'));
  }
  if (job.errand === 'close-debug') {
    await closeDebugSession(job, context.signal, options);
    return failedOutcome(requestLost());
  }
  const { runs, delivery } = options;
  const logger = options.logger.child({ run: job.runId, attempt: context.attempt });
  // The record may have aged out, or the store lost it: the job alone is enough to answer.
  const run = (await runs.get(job.runId)) ?? (await runs.create(toRun(job)));
  // A crash between two steps runs the job again: what was found is not looked for twice, what was said not said twice.
  if (run.outcome && run.answeredAt !== undefined) {
    await delivery.collapseSuperseded(run);
    await options.answered?.(run.id);
    return run.outcome;
  }

  // The device need not wait for Slack: without a placeholder now, `deliver` opens one.
  const opened = delivery
    .postPlaceholder(run, { firstTry: context.attempt === 1 })
    .catch((error: unknown) => logger.warn({ err: error }, 'no placeholder yet'));
  const outcome =
    run.outcome ?? context.shared?.result ?? (await findOutcome(job, run, context, options, logger));
  if (run.live !== undefined && run.alias !== undefined)
    await scheduleDebugClose(run.alias, { ...options, logger });
  await opened;
  if (!run.outcome) await runs.update(run.id, { outcome });
  await delivery.deliver((await runs.get(run.id)) ?? run, outcome);
  await delivery.collapseSuperseded(run);
  await options.answered?.(run.id);
  logger.info({ outcome: summary(outcome) }, 'run answered');
  return outcome;
}

async function findOutcome(
  job: RunJob,
  run: Run,
  context: JobContext<RunOutcome>,
  options: WorkerOptions,
  logger: Logger,
): Promise<RunOutcome> {
  const followers = createFollowers(run, { ...options, logger });
  try {
    if (job.errand === 'late') throw requestLost();
    return await produceOutcome(
      job,
      {
        signal: context.signal,
        onProgress: (progress) => {
          context.progress(progress);
          options.delivery.progress(run, progress);
          followers.show(progress);
        },
      },
      options,
    );
  } catch (thrown) {
    // Cancelled, or out of time: the reason says more than whatever broke because of it.
    const stopped = context.signal.aborted && !isLeftOn(thrown, context.signal);
    const error: unknown = stopped ? context.signal.reason : thrown;
    const again = shallRunAgain(error, context);
    logger.warn({ err: error, again }, 'run has no diagnosis');
    if (again) throw error;
    return failedOutcome(error);
  } finally {
    await followers.stop();
    // The next try may be another process's: an edit of ours that comes late would stand over its answer.
    await options.delivery.stopProgress(run.id);
  }
}

/** More than the reason of the end: somebody has to do something. Who runs it again elsewhere will do it. */
function isLeftOn(thrown: unknown, { reason }: AbortSignal): boolean {
  const isInterrupted = reason instanceof FtmError && reason.code === 'ftm_interrupted';
  return thrown instanceof FtmError && thrown.code === 'ftm_debug_left_on' && !isInterrupted;
}

function shallRunAgain(error: unknown, context: JobContext<RunOutcome>): boolean {
  if (!(error instanceof FtmError) || !error.retryable) return false;
  // This process is stopping: another one does the whole run, and answers.
  if (error.code === 'ftm_interrupted') return true;
  return context.attempt < DEVICE_ATTEMPTS && !context.signal.aborted;
}

function requestLost(): FtmError {
  return new FtmError('ftm_internal', 'This request was lost on its way, and there is no diagnosis.', {
    advice: 'Sorry. Please ask again; whoever runs ftm-check finds the reason in its log.',
  });
}

function summary(outcome: RunOutcome): string {
  return outcome.kind === 'diagnosed' ? outcome.diagnosis.verdict : outcome.code;
}
