import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { FtmErrorCode } from '../ftm-error.ts';
import type { RedactedCase } from '../redact/types.ts';

/** Where the answer goes. */
export interface ReplyTo {
  readonly team?: string;
  readonly channel: string;
  /** Thread to answer in; absent when the run opens its own thread (slash command). */
  readonly thread?: string;
}

export interface Asker {
  readonly id: string;
  /** As Slack spells it, for people; not trusted for access. */
  readonly name?: string;
  /** The person's own workspace, where it is another one than `ReplyTo.team`. */
  readonly home?: string;
}

export interface CheckRequest {
  readonly kind: 'check';
  readonly alias: string;
  readonly user?: string;
  readonly vdom?: string;
  /** Seconds for which a login is watched. */
  readonly live?: number;
}

export type RunRequest = CheckRequest | { readonly kind: 'analyze'; readonly evidence: RedactedCase };

/** What the queue holds: no credential, no raw evidence. */
export interface RunJob {
  readonly runId: string;
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  /** Milliseconds since the Unix epoch. */
  readonly acceptedAt: number;
  readonly request: RunRequest;
  /** So that the trace of the request goes on in its worker (`src/observe/tracing.ts`). */
  readonly trace?: Readonly<Record<string, string>>;
  /** The run whose diagnosis this one is compared with (a re-check). */
  readonly comparesTo?: string;
  /** Runs that read a part of what this one reads as a whole: their answers give way to this one's. */
  readonly replaces?: readonly string[];
  /**
   * Not the request itself. `late`: its job ended without an answer, so say what was found out, or that nothing was;
   * nothing is run again. `withdrawn`: the person was told that it was not taken, so its id is used up and nothing is done.
   * `close-debug`: nobody asked; a debug window that its process did not close is closed. `self-check`: nobody asked; the
   * built-in look-alike is diagnosed.
   */
  readonly errand?: 'late' | 'withdrawn' | 'self-check' | 'close-debug';
}

export type RunOutcome =
  | { readonly kind: 'diagnosed'; readonly diagnosis: Diagnosis; readonly tookMs: number }
  | {
      readonly kind: 'failed';
      readonly code: FtmErrorCode;
      readonly message: string;
      readonly advice?: string;
    };

/** What is remembered of a run: enough to answer exactly once after any crash. */
export interface Run {
  readonly id: string;
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  readonly acceptedAt: number;
  readonly alias?: string;
  /** What a check was narrowed to, so that it can be asked again. */
  readonly user?: string;
  readonly vdom?: string;
  /** Seconds for which a login was to be watched. */
  readonly live?: number;
  readonly kind: RunRequest['kind'];
  readonly comparesTo?: string;
  readonly replaces?: readonly string[];
  /** The run that asked the same before, whose result is shared. */
  readonly joined?: string;
  /** Slack timestamps of what was posted already. */
  readonly rootTs?: string;
  readonly answerTs?: string;
  /** Slack's id of the full report's file, once it is in the thread. */
  readonly reportFile?: string;
  readonly outcome?: RunOutcome;
  /** The final answer has been delivered. */
  readonly answeredAt?: number;
  /** By Slack user id: whom the answer did not help, and why. */
  readonly feedback?: Readonly<Record<string, Feedback>>;
}

export const FEEDBACK_REASONS = ['wrong', 'incomplete', 'unclear', 'not-my-problem', 'other'] as const;

export interface Feedback {
  readonly reason: (typeof FEEDBACK_REASONS)[number];
  /** In the person's words, without secrets. */
  readonly comment?: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}
