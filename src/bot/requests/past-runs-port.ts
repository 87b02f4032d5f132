import type { MemberRow } from '../../platform/runs/group.ts';
import type { DeviceChecks } from '../../platform/runs/past-check.ts';
import type { Asker, Feedback, Run } from '../../platform/runs/run.ts';
import type { ShownDevice } from '../delivery/show-member.ts';
import type { Act } from './act.ts';

export type AttachReportResult =
  | { readonly kind: 'attached' }
  /** It was attached before, and still exists. */
  | { readonly kind: 'there' }
  /** `reason` is for the person, as Slack mrkdwn. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Actions on earlier runs. All data comes from the run store, so they work in every process and after a restart.
 * Rejects with an `FtmError` if the store is unavailable.
 */
export interface PastRuns {
  /** Undefined if it is no longer stored. */
  find(id: string): Promise<Run | undefined>;
  /** Newest first. */
  ofDevice(alias: string, limit: number): Promise<readonly Run[]>;
  /** The history of each of these devices, in this order. Of several, only the last check has its causes and who asked. */
  checksOf(aliases: readonly string[]): Promise<readonly DeviceChecks[]>;
  /** Newest first. */
  ofAsker(user: string, limit: number): Promise<readonly Run[]>;
  /** Newest first; `thread` is the timestamp of the thread's root. */
  ofThread(channel: string, thread: string, limit: number): Promise<readonly Run[]>;
  /** Cancels it in any process where it runs or waits; `reason` becomes its answer. False if it had ended. */
  cancel(act: Act<'cancel' | 'analyse'>, id: string, reason: string): Promise<boolean>;
  /** Attaches the full report of a diagnosed run to its thread, once. */
  attachReport(act: Act<'report'>, run: Run): Promise<AttachReportResult>;
  /** Link to the answer in its thread; undefined while there is none. Never rejects. */
  linkTo(run: Run): Promise<string | undefined>;
  /** The results of a group check, in the order of its devices. */
  rowsOf(group: Run): Promise<readonly MemberRow[]>;
  /** Posts the answer about one device of a group check in its thread, once. */
  showDevice(act: Act<'read'>, group: Run, number: number, asker: Asker): Promise<ShownDevice>;
  /** One entry per person: new feedback replaces the earlier one. */
  giveFeedback(act: Act<'feedback'>, run: Run, feedback: Omit<Feedback, 'at'>): Promise<void>;
}
