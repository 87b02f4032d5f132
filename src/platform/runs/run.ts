import type { SinceHealthy } from '../../engine/diagnosis/changes/since-healthy.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { FtmErrorCode } from '../../ftm-error.ts';

/** Where the answer goes. */
export interface ReplyTo {
  readonly team?: string;
  readonly channel: string;
  /** Thread to answer in; absent if the run starts its own thread (slash command). */
  readonly thread?: string;
}

export interface Asker {
  readonly id: string;
  /** The name that Slack reports, for display; not trusted for access. */
  readonly name?: string;
  /** The person's own workspace, if it differs from `ReplyTo.team`. */
  readonly home?: string;
}

/** False for an alert or a sweep: nobody can be written to. */
export function isSlackUser(id: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(id);
}

/** A conversation of one person with the bot: a link into it opens for nobody else. */
export function isDirectMessage(channel: string): boolean {
  return channel.startsWith('D');
}

/** A person in plain text. An id tells nobody who it is. */
export function askerName({ id, name }: Pick<Asker, 'id' | 'name'>): string {
  return name ?? (isSlackUser(id) ? 'a person in Slack' : id);
}

/** An alert started it, or that an alert is over. Its id is made from the provider's id of the alert. */
export function isAlertRun({ asker }: Pick<Run, 'asker'>): boolean {
  return asker.id.startsWith(ALERT_ASKER);
}

/** The source of the alert follows. */
export const ALERT_ASKER = 'alert:';

/** Target of a check. */
export interface CheckTarget {
  readonly alias: string;
  readonly user?: string;
  readonly vdom?: string;
  /** Seconds of the live session. */
  readonly live?: number;
  readonly details?: CheckDetails;
}

/** What the person knows of the failure. */
export interface CheckDetails {
  /** What the client shows, in any words; never a verdict. */
  readonly symptom?: string;
  /** Hours since it began: earlier logins are not looked at. */
  readonly sinceHours?: number;
  /** Public address of the client, behind a filter on which IKE is watched. */
  readonly client?: string;
}

export type RunOutcome =
  | {
      readonly kind: 'diagnosed';
      readonly diagnosis: Diagnosis;
      readonly tookMs: number;
      /** Set if the device was healthy before. No part of the diagnosis, which is a function of the evidence. */
      readonly sinceHealthy?: SinceHealthy;
    }
  | {
      readonly kind: 'failed';
      readonly code: FtmErrorCode;
      readonly message: string;
      readonly advice?: string;
    };

/** For logs and traces. */
export function verdictOrCode(outcome: RunOutcome): string {
  return outcome.kind === 'diagnosed' ? outcome.diagnosis.verdict : outcome.code;
}

/** Of a group check; the results of its devices are in the group store. */
export interface GroupOutcome {
  readonly kind: 'group';
  /** Counts of the devices by result. */
  readonly headline: string;
}

/** Stored state of a run: sufficient to answer exactly once after any crash. */
export interface Run {
  readonly id: string;
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  readonly acceptedAt: number;
  readonly alias?: string;
  /** What a check was limited to, so that it can be repeated. */
  readonly user?: string;
  readonly vdom?: string;
  /** Requested seconds of the live session. */
  readonly live?: number;
  readonly details?: CheckDetails;
  readonly kind: 'check' | 'analyze' | 'group';
  /** Of a group check: the group, `ALL_DEVICES`, and how many devices it has. */
  readonly group?: { readonly name: string; readonly size: number; readonly sweep?: string };
  /** One device of a group check. It pages only where its sweep does. */
  readonly partOf?: { readonly run: string; readonly pages: boolean };
  readonly comparesTo?: string;
  /** A re-check by a person who has pasted the fix. */
  readonly afterFix?: true;
  readonly replaces?: readonly string[];
  /** The earlier run with the same question, whose result is shared. */
  readonly joined?: string;
  /** Slack timestamps of posted messages. */
  readonly rootTs?: string;
  readonly answerTs?: string;
  /** Slack's file id of the full report, once it is attached. */
  readonly reportFile?: string;
  /** State of the picture of the logins; absent until the first attempt. */
  readonly picture?: PictureState;
  readonly outcome?: RunOutcome | GroupOutcome;
  /** The final answer has been delivered. */
  readonly answeredAt?: number;
  /** Slack's error code if it refused the answer in its channel. */
  readonly answerRefused?: string;
  /** Feedback by Slack user id: reason and comment. */
  readonly feedback?: Readonly<Record<string, Feedback>>;
}

export type PictureState =
  /** `file` is Slack's file id. */
  | { readonly kind: 'attached'; readonly file: string }
  /** It is not tried again. `error` is Slack's error code, or our own. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Deleted, because another answer replaces this one. */
  | { readonly kind: 'removed' };

export const FEEDBACK_REASONS = ['wrong', 'incomplete', 'unclear', 'not-my-problem', 'other'] as const;

export interface Feedback {
  readonly reason: (typeof FEEDBACK_REASONS)[number];
  /** In the person's own words, redacted. */
  readonly comment?: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}
