import PQueue from 'p-queue';
import { findDevice } from '../../platform/config/listed-devices.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import { groupAnswerJob } from '../../platform/queue/run-queue.ts';
import type { FeedbackEntry } from '../../platform/runs/feedback-report.ts';
import { groupAnswerId, isGroupRun, memberId } from '../../platform/runs/group.ts';
import type { DeviceName } from '../../platform/runs/past-check.ts';
import type { Asker, Feedback, Run } from '../../platform/runs/run.ts';
import type { DeviceHistory } from '../../platform/store/device-history.ts';
import type { GroupStore } from '../../platform/store/group-store.ts';
import { readHistories, readHistorySummaries } from '../../platform/store/read-histories.ts';
import type { Delivery } from '../delivery/create-delivery.ts';
import { showMember } from '../delivery/show-member.ts';
import type { Act } from './act.ts';

export interface PastRunsOptions
  extends Pick<Dependencies, 'inventory' | 'queue' | 'runs' | 'logger' | 'now'> {
  readonly delivery: Pick<Delivery, 'attachReport' | 'deliver'>;
  readonly groups: GroupStore;
  readonly history: Pick<DeviceHistory, 'read'>;
  readonly recordFeedback: (run: Run, entry: FeedbackEntry) => Promise<void>;
}

export function createPastRuns(options: PastRunsOptions) {
  const { queue, runs, delivery, groups, history, recordFeedback, logger, now } = options;
  const nameDevice = (alias: string): DeviceName => {
    const { customer, site } = findDevice(options.inventory, alias) ?? {};
    return { alias, customer, site };
  };

  return {
    /** Undefined once it has expired. */
    find: (id: string) => runs.get(id),
    /** Newest first. */
    listByDevice: (alias: string, limit: number) => runs.byDevice(alias, limit),
    /** The history of each of these devices, in this order. Of several, only the last check has its causes and who asked. */
    listChecks: (aliases: readonly string[]) =>
      aliases.length > 1
        ? readHistorySummaries(aliases.map(nameDevice), history)
        : readHistories(aliases.map(nameDevice), history),
    nameDevice,
    /** Newest first. */
    listByAsker: (user: string, limit: number) => runs.byAsker(user, limit),
    /** Newest first; `thread` is the timestamp of the thread's root. */
    listByThread: (channel: string, thread: string, limit: number) => runs.byThread(channel, thread, limit),
    /** Cancels it in any process where it runs or waits; `reason` becomes its answer. False if it had ended. */
    async cancel(_act: Act<'cancel' | 'analyse'>, id: string, reason: string) {
      const run = await runs.get(id);
      const cancelled = await (run !== undefined && isGroupRun(run)
        ? cancelGroup(run, reason, options)
        : queue.cancel(id, reason));
      logger.info({ run: id, cancelled }, 'cancellation requested');
      return cancelled;
    },
    /** Attaches the full report of a diagnosed run to its thread, once. */
    attachReport: (_act: Act<'report'>, run: Run) => delivery.attachReport(run),
    /** The results of a group check, in the order of its devices. */
    listRows: ({ id }: Run) => groups.rows(id),
    /** Posts the answer about one device of a group check in its thread, once. */
    showDevice: (_act: Act<'read'>, group: Run, number: number, asker: Asker) =>
      showMember(group, number, asker, options),
    /** One entry per person: new feedback replaces the earlier one. */
    async giveFeedback(
      { caller: { user } }: Act<'feedback'>,
      run: Run,
      feedback: Omit<Feedback, 'at'>,
    ): Promise<void> {
      await recordFeedback(run, { ...feedback, user, at: now() });
      const { reason } = feedback;
      logger.info({ run: run.id, user, reason, metric: 'ftm_not_helpful' }, 'answer did not help');
    },
  };
}

/**
 * Actions on earlier runs. All data comes from the run store, so they work in every process and after a restart.
 * Rejects with an `FtmError` if the store is unavailable.
 */
export type PastRuns = ReturnType<typeof createPastRuns>;

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
  const line = new PQueue({ concurrency: BATCH });
  await line.addAll(open.map((number) => () => queue.cancel(memberId(id, number), reason)));
  return true;
}
