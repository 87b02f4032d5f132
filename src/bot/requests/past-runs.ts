import type { Logger } from '../../platform/observe/logger.ts';
import { groupAnswerJob } from '../../platform/queue/group-answer-job.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import type { FeedbackEntry } from '../../platform/runs/feedback-report.ts';
import { groupAnswerId, isGroupRun, memberId } from '../../platform/runs/group.ts';
import type { ReplyTo, Run } from '../../platform/runs/run.ts';
import type { DeviceHistory } from '../../platform/store/device-history.ts';
import type { GroupStore } from '../../platform/store/group-store.ts';
import { readHistories, readHistorySummaries } from '../../platform/store/read-histories.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import { showMember } from '../delivery/show-member.ts';
import type { Delivery } from '../delivery/types.ts';
import type { PastRuns } from './past-runs-port.ts';

export interface PastRunsOptions {
  readonly queue: RunQueue;
  readonly runs: RunStore;
  readonly delivery: Pick<Delivery, 'attachReport' | 'deliver'>;
  readonly groups: GroupStore;
  readonly history: Pick<DeviceHistory, 'of'>;
  /** A link to a message; never rejects. */
  readonly permalink: (message: ReplyTo & { readonly ts: string }) => Promise<string>;
  /** Stores feedback, and notifies the operator. */
  readonly recordFeedback: (run: Run, entry: FeedbackEntry) => Promise<void>;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export function createPastRuns(options: PastRunsOptions): PastRuns {
  const { queue, runs, delivery, groups, history, permalink, recordFeedback, logger, now } = options;

  return {
    find: (id) => runs.get(id),
    ofDevice: (alias, limit) => runs.byDevice(alias, limit),
    checksOf: (aliases) =>
      aliases.length > 1 ? readHistorySummaries(aliases, history) : readHistories(aliases, history),
    ofAsker: (user, limit) => runs.byAsker(user, limit),
    ofThread: (channel, thread, limit) => runs.byThread(channel, thread, limit),
    async cancel(_act, id, reason) {
      const run = await runs.get(id);
      const cancelled = await (run !== undefined && isGroupRun(run)
        ? cancelGroup(run, reason, options)
        : queue.cancel(id, reason));
      logger.info({ run: id, cancelled }, 'cancellation requested');
      return cancelled;
    },
    attachReport: (_act, run) => delivery.attachReport(run),
    async linkTo({ replyTo, rootTs, answerTs }) {
      if (answerTs === undefined) return undefined;
      const { team, channel, thread = rootTs } = replyTo;
      return await permalink({ team, channel, ts: answerTs, thread });
    },
    rowsOf: ({ id }) => groups.rows(id),
    showDevice: (_act, group, number, asker) =>
      showMember(group, number, asker, { runs, groups, deliver: delivery.deliver }),
    async giveFeedback({ caller: { user } }, { id }, feedback) {
      // Reads again, because another person may have given feedback since. Of two at the same moment one is lost in
      // the run; the reports have both.
      const run = await runs.get(id);
      if (run === undefined) return;
      const said = { ...feedback, at: now() };
      await recordFeedback(run, { ...said, user });
      await runs.update(id, { feedback: { ...run.feedback, [user]: said } });
      logger.info(
        { run: id, user, reason: feedback.reason, metric: 'ftm_not_helpful' },
        'answer did not help',
      );
    },
  };
}

const BATCH = 20;

/**
 * Ends the check of a group: the results so far are posted now, devices that are being read are abandoned, and
 * waiting ones are not read. `reason` becomes part of the answer. False if it had ended.
 */
async function cancelGroup(
  { id, group, answeredAt, acceptedAt }: Run & Required<Pick<Run, 'group'>>,
  reason: string,
  { queue, groups }: { readonly queue: RunQueue; readonly groups: GroupStore },
): Promise<boolean> {
  if (answeredAt !== undefined || (await queue.state(groupAnswerId(id))) === 'active') return false;
  await groups.cancel(id, reason);
  const { state } = await queue.enqueue(groupAnswerJob(id, acceptedAt));
  // A sweep holds its result back until the end of the quiet hours.
  if (state === 'duplicate') await queue.cancel(groupAnswerId(id), reason);
  const read = new Set((await groups.rows(id)).map(({ number }) => number));
  const open = Array.from({ length: group.size }, (_, number) => number).filter(
    (number) => !read.has(number),
  );
  for (let at = 0; at < open.length; at += BATCH) {
    await Promise.all(open.slice(at, at + BATCH).map((number) => queue.cancel(memberId(id, number), reason)));
  }
  return true;
}
