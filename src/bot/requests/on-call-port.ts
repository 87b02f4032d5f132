import type { Run } from '../../platform/runs/run.ts';
import type { AttachReportResult } from '../delivery/types.ts';
import type { Act, Caller } from './act.ts';

/** What a person sees before anybody is paged. All texts are Slack mrkdwn, or plain text if stated. */
export interface PagerPreview {
  /** In order; the next is tried if one does not accept the alert. */
  readonly routes: readonly { readonly label: string; readonly whom: readonly string[] }[];
  /** Plain text: what the called person reads. */
  readonly summary: string;
  readonly details: string;
  /** An open escalation for this device and cause: the request is added to it. */
  readonly open?: { readonly link?: string | undefined };
}

/** What has to be known of an escalation to authorise what a person does with it. */
export interface EscalationRef {
  readonly id: string;
  readonly channel: string;
  /** Absent if it is about a pasted log. */
  readonly alias?: string | undefined;
  /** Whether it called the person who asks: by a level, a shift or a user group, or because a person chose them. */
  readonly isCalled: boolean;
  /** Who acknowledged or resolved it already, as Slack mrkdwn, and when, in milliseconds since the Unix epoch. */
  readonly taken?: { readonly state: 'acknowledged' | 'resolved'; readonly by: string; readonly at: number };
}

export type PagerConfirmed = 'paging' | 'added' | 'gone';

/** Slack user ids; times in milliseconds since the Unix epoch. */
export interface OnCallEntry {
  readonly schedule: string;
  /** Absent in a gap of the schedule. */
  readonly user?: string | undefined;
  /** When another person is on call; absent if not within four weeks. */
  readonly until?: number;
  readonly next?: string | undefined;
  /** The calendar could not be read since then, in milliseconds since the Unix epoch. */
  readonly calendarFailedAt?: number;
}

export type ShiftChange =
  | { readonly kind: 'taken'; readonly schedule: string; readonly user: string; readonly until: number }
  | { readonly kind: 'released'; readonly schedule: string; readonly count: number }
  /** No schedule has this name, or none was named and there are several. */
  | { readonly kind: 'unknown-schedule'; readonly known: readonly string[] };

/** A device, or a group as in `GroupJob`. */
export interface SilenceTarget {
  readonly alias?: string | undefined;
  readonly group?: string | undefined;
}

interface SilenceRequest {
  readonly act: Act<'silence'>;
  readonly target: SilenceTarget;
  /** Devices that the person may check. */
  readonly visible: readonly string[];
}

type PersonInChannel = Pick<Caller, 'user' | 'channel'>;

/** `until` in milliseconds since the Unix epoch; `count`: devices. */
export interface SilenceEntry {
  readonly name: string;
  readonly count: number;
  readonly until: number;
  /** Slack user id. */
  readonly by: string;
  readonly reason?: string | undefined;
}

/** What handlers may do with on-call people. Rejects with an `FtmError` if the store or the queue is unavailable. */
export interface OnCall {
  /** Whether the current inventory has `escalation`. */
  isConfigured(): boolean;
  preview(run: Run): Promise<PagerPreview | undefined>;
  /** Idempotent by `requestId`; `impact` contains no secrets. */
  confirm(request: {
    readonly act: Act<'page'>;
    readonly run: Run;
    readonly requestId: string;
    readonly impact?: string;
    /** Pages this person (a Slack user id) before the routes, or besides them if an escalation is open. */
    readonly person?: string;
  }): Promise<PagerConfirmed>;
  /** Undefined if it is deleted, or has no buttons in this channel. */
  find(id: string, person: PersonInChannel): Promise<EscalationRef | undefined>;
  /** The page about the answer of a run or its cause, as `find` says it. */
  findAbout(run: Pick<Run, 'id'>, person: PersonInChannel): Promise<EscalationRef | undefined>;
  /** Acknowledges or resolves, by the verb of the act. False if the escalation is resolved already. */
  press(request: {
    readonly act: Act<'acknowledge' | 'resolve'>;
    readonly escalation: EscalationRef;
    readonly name?: string | undefined;
    readonly requestId: string;
    /** From a person who resolves; contains no secrets. */
    readonly note?: string;
  }): Promise<boolean>;
  /** Pages a chosen person about an open escalation. False as for `press`; idempotent by `requestId`. */
  callPerson(request: {
    readonly act: Act<'reassign'>;
    readonly escalation: EscalationRef;
    readonly person: string;
    readonly role: 'responder' | 'assignee';
    readonly requestId: string;
  }): Promise<boolean>;
  /** The run of the only open escalation about these devices; undefined if there are several or none. */
  findOnlyOpenRun(aliases: readonly string[]): Promise<string | undefined>;
  /** Open escalations of these devices, with findings, next step and owner; Slack mrkdwn. */
  handover(aliases: readonly string[]): Promise<string>;
  listShifts(): Promise<readonly OnCallEntry[]>;
  /** Puts a person on call from now on, instead of the one in the schedule. */
  takeShift(request: {
    readonly act: Act<'shift'>;
    readonly user: string;
    /** Needed if there are several schedules. */
    readonly schedule?: string | undefined;
    /** Default: until the next change of the schedule. */
    readonly minutes?: number | undefined;
  }): Promise<ShiftChange>;
  /** The schedule of the inventory is in force again. */
  releaseShift(request: { readonly act: Act<'shift'>; readonly schedule?: string }): Promise<ShiftChange>;
  /** These devices page no one for a time, at most 14 days; `reason` contains no secrets. */
  silence(
    request: SilenceRequest & { readonly minutes: number; readonly reason?: string },
  ): Promise<Pick<SilenceEntry, 'name' | 'count' | 'until'>>;
  listSilences(visible: readonly string[]): Promise<readonly SilenceEntry[]>;
  /** Ends those that are about no other device; resolves with their number. */
  endSilence(request: SilenceRequest): Promise<number>;
  /** Uploads the archive for the vendor or the next engineer into the run's thread. */
  bundle(act: Act<'bundle'>, run: Run): Promise<AttachReportResult>;
  /**
   * Uploads the archive about an escalation into the thread of a message with its buttons; `ts` is the thread's root. False
   * if the escalation or its answer is deleted.
   */
  bundleEscalation(act: Act<'bundle'>, escalation: EscalationRef, ts: string): Promise<boolean>;
}
