import type { GroupAnswerJob } from '../../../platform/runs/queue-job.ts';
import { countLine } from '../../../report/documents/cases/count-rows.ts';
import { renderGroup } from '../../../report/formats/slack/render-group.ts';
import { answerSweep } from '../sweeps/answer-sweep.ts';
import type { WorkerOptions } from '../worker-options.ts';
import { groupFiles, groupView } from './group-result.ts';

/** Posts the result of a group check, once. Rejects if Slack or the store is unavailable. */
export async function answerGroup({ runId }: GroupAnswerJob, options: WorkerOptions): Promise<void> {
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
