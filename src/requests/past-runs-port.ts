import type { ShownDevice } from '../delivery/show-member.ts';
import type { MemberRow } from '../runs/group.ts';
import type { DeviceChecks } from '../runs/past-check.ts';
import type { Asker, Feedback, Run } from '../runs/run.ts';

export type AttachReportResult =
  | { readonly kind: 'attached' }
  /** It was attached before, and still is. */
  | { readonly kind: 'there' }
  /** `reason` is for the person, as Slack mrkdwn. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What can be done with runs that were accepted before. All of it rests on the run store, so that it works in every
 * process and after a restart. Rejects with an `FtmError` when the store is away.
 */
export interface PastRuns {
  /** Undefined when it is no longer kept. */
  find(id: string): Promise<Run | undefined>;
  /** Newest first. */
  ofDevice(alias: string, limit: number): Promise<readonly Run[]>;
  /** The history of each of these devices, in this order. */
  checksOf(aliases: readonly string[]): Promise<readonly DeviceChecks[]>;
  /** Newest first. */
  ofAsker(user: string, limit: number): Promise<readonly Run[]>;
  /** Stops it in whatever process it runs or waits; `reason` becomes its answer. False when it had ended. */
  cancel(id: string, reason: string): Promise<boolean>;
  /** Puts the full report of a diagnosed run into its thread, once. */
  attachReport(run: Run): Promise<AttachReportResult>;
  /** Opens the answer in its thread; undefined while there is none. Never rejects. */
  linkTo(run: Run): Promise<string | undefined>;
  /** The results of a group check, in the order of its devices. */
  rowsOf(group: Run): Promise<readonly MemberRow[]>;
  /** Puts the answer about one device of a group check into its thread, once. */
  showDevice(group: Run, number: number, asker: Asker): Promise<ShownDevice>;
  /** Counts once per person: saying it again replaces what they said. */
  giveFeedback(run: Run, user: string, feedback: Omit<Feedback, 'at'>): Promise<void>;
}
