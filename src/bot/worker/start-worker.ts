import { FtmError } from '../../engine/ftm-error.ts';
import type { JobResult } from '../../platform/queue/run-queue.ts';
import { type GroupAnswerJob, type QueueJob, readStoredJob, toRun } from '../../platform/runs/queue-job.ts';
import { removeJobEvidence } from '../../platform/store/kept-evidence.ts';
import { countLine } from '../../report/documents/cases/count-rows.ts';
import { renderGroup } from '../../report/formats/slack/render-group.ts';
import { closeDebugSession } from '../recovery/debug-sessions.ts';
import { answerRun } from './answer-run.ts';
import { requestLost } from './failed-outcome.ts';
import { checkMember } from './groups/check-member.ts';
import { groupFiles, groupView } from './groups/group-result.ts';
import { startGroup } from './groups/start-group.ts';
import { deviceOutcome, textOutcome } from './produce-outcome.ts';
import { answerSweep } from './sweeps/answer-sweep.ts';
import { startSweep } from './sweeps/start-sweep.ts';
import type { WorkContext, WorkerOptions } from './worker-options.ts';

/** Most attempts are for outages of Slack: with growing pauses they cover about six minutes. */
const PROCESS = { attempts: 9, backoffMs: 1500, timeLimitMs: 15 * 60_000 };

/**
 * Starts the worker. Every job of a person ends with one final answer: the diagnosis, or the reason why there is
 * none.
 */
export async function startWorker(options: WorkerOptions): Promise<void> {
  const { queue, concurrency, measured = (handler) => handler } = options;
  const handler = measured((job, context) => work(job, context, options));
  await queue.process(async (stored, context) => await handler(readStoredJob(stored), context), {
    ...PROCESS,
    concurrency,
    retryable: (error) => !(error instanceof FtmError && error.code === 'ftm_job_invalid'),
  });
}

async function work(job: QueueJob, context: WorkContext, options: WorkerOptions): Promise<JobResult> {
  switch (job.kind) {
    case 'check':
      return await answerRun(toRun(job), context, options, (progress) =>
        deviceOutcome(job, progress, options),
      );
    case 'analyze': {
      const outcome = await answerRun(toRun(job), context, options, (progress) =>
        textOutcome(job, progress, options),
      );
      if (job.evidence === undefined) await removeJobEvidence(options.records, job.runId);
      return outcome;
    }
    case 'group':
      await startGroup(job, context, options);
      return undefined;
    case 'group-member':
      await checkMember(job, context, options);
      return undefined;
    case 'group-answer':
      await answerGroup(job, options);
      return undefined;
    case 'sweep':
      await startSweep(job, context, options);
      return undefined;
    case 'late':
      return await answerRun(toRun(job), context, options, () => requestLost(job), { mayBeShown: true });
    case 'close-debug':
      await closeDebugSession(job.alias, context.signal, options);
      return undefined;
    case 'self-check':
      await options.selfCheck?.(job);
      return undefined;
    case 'withdraw':
      return undefined;
    default:
      return job satisfies never;
  }
}

/** Posts the result of a group check, once. Rejects if Slack or the store is unavailable. */
async function answerGroup({ runId }: GroupAnswerJob, options: WorkerOptions): Promise<void> {
  const { runs, delivery, logger } = options;
  const run = await runs.get(runId);
  if (run?.group === undefined) return;
  if (run.group.sweep !== undefined) return await answerSweep(run, run.group.sweep, options);
  if (run.answeredAt !== undefined) return;
  const view = await groupView(run, 'done', options);
  const headline = countLine(view.rows, 'device');
  // First: no process edits the message after that.
  await runs.update(runId, { outcome: { kind: 'group', headline } });
  await delivery.deliverGroup(run, { message: renderGroup(view), files: await groupFiles(view, options) });
  logger.info({ run: runId, headline }, 'group answered');
}
