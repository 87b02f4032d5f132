import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { JobProgress } from '../../platform/queue/job-queue.ts';
import type { PastCheck } from '../../platform/runs/past-check.ts';
import type { Asker, Run, RunOutcome } from '../../platform/runs/run.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import type { AnswerSubject } from '../../report/formats/slack/render-answer.ts';
import type { GroupMessage } from '../../report/formats/slack/render-group.ts';
import type { SlackAnswer } from '../../report/formats/slack/render-slack.ts';
import type { Log } from '../slack/logger.ts';
import type { SlackPort } from './slack-port.ts';

/** The result of a group check. */
export interface GroupAnswer {
  readonly message: GroupMessage;
  /** Attached in the thread, in this order. */
  readonly files: readonly { readonly filename: string; readonly content: string }[];
  /** Root message of a thread that this answer starts, as Slack mrkdwn. */
  readonly root?: string;
}

export type AttachReportResult =
  | { readonly kind: 'attached' }
  /** It was attached before, and still exists. */
  | { readonly kind: 'there' }
  /** `reason` is for the person, as Slack mrkdwn. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Pure: the same outcome and subject give the same answer. `run`: where the answer goes, and who asked. */
export type RenderAnswer = (outcome: RunOutcome, subject: AnswerSubject, run: Run) => SlackAnswer;

export interface RunProgress extends JobProgress {
  /** Number of checks of the device that run first, while this one waits. */
  readonly ahead?: number;
  /** Another run reads the same device; its progress is shown. */
  readonly shares?: { readonly asker: Asker; readonly agoMs: number };
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A run with the message that becomes its answer. */
export type PlacedRun = Run & { readonly answerTs: string };

/** The message that becomes the answer. */
export type Placeholder =
  | { readonly state: 'ready'; readonly run: PlacedRun }
  | { readonly state: 'already-answered'; readonly run: Run }
  /** Slack refuses posts there; `deliver` notifies the asker by direct message. `error` is Slack's error code. */
  | { readonly state: 'refused'; readonly error: string };

export interface Delivery {
  /**
   * Posts the placeholder that becomes the answer, and for a slash command the root message above it. Idempotent,
   * also after a crash: posted messages are found again by their metadata. `firstTry` skips the search if nothing can
   * be there. Rejects with a retryable `ftm_slack_failed` when Slack is unavailable.
   */
  postPlaceholder(
    run: Run,
    options?: { readonly firstTry?: boolean; readonly progress?: RunProgress },
  ): Promise<Placeholder>;
  /**
   * Posts at once that a run was accepted and what it waits for, unless its worker posted first. Resolves with
   * Slack's error code if it refuses posts there. Never rejects.
   */
  postQueued(run: Run, progress: RunProgress): Promise<string | undefined>;
  /** Shows progress: at most one edit a second, the latest wins, none after the answer. Never throws. */
  progress(run: Run, progress: RunProgress): void;
  /**
   * Edits the message of a queued run once, unless its answer is being delivered in any process. Resolves with
   * Slack's `Retry-After` in milliseconds. Never rejects.
   */
  updateQueuePosition(run: Run, progress: RunProgress): Promise<number>;
  /**
   * Attaches the full report of a diagnosed run to its thread, if it is not there. Rejects with a retryable
   * `ftm_slack_failed` when Slack is unavailable.
   */
  attachReport(run: Run): Promise<AttachReportResult>;
  /**
   * Uploads the picture of the logins below a delivered answer, where times decide. Once per run, whatever became of it.
   * Rejects if the store is unavailable, or another process has the run for minutes.
   */
  attachPicture(run: Run): Promise<void>;
  /** Stops the progress of a run; after it resolves no edit is running. */
  stopProgress(runId: string): Promise<void>;
  /**
   * Puts the answer in place of the placeholder, attaches the full report if there is one, and marks the run as
   * answered. Its outcome must be stored before: it is kept while Slack is away, and no edit of another process comes
   * after the answer (`editUnderLease`). Idempotent. If Slack refuses posts there, the asker gets a direct message.
   * Rejects with a retryable `ftm_slack_failed` when Slack is unavailable. `mayBeShown`: an earlier attempt, whose outcome
   * the store lost, may have shown its answer; that one then stays, and this outcome is not shown.
   */
  deliver(run: Run, outcome: RunOutcome, options?: { readonly mayBeShown?: boolean }): Promise<void>;
  /**
   * Shows how far a group check is: at most one edit in three seconds, none after the answer. Reads the run only then.
   * Never throws.
   */
  showGroup(runId: string, message: (run: Run) => Promise<GroupMessage>): void;
  /**
   * Puts the result of a group check in place of the placeholder, attaches its files and marks the run as answered; its
   * outcome must be stored before. Idempotent. If Slack refuses posts there, the asker gets a direct message; of a sweep
   * no one does. Rejects with a retryable `ftm_slack_failed` when Slack is unavailable.
   */
  deliverGroup(run: Run, answer: GroupAnswer): Promise<void>;
  /**
   * Collapses the answers to parts of a paste once the answer to the whole paste is posted. Idempotent. Rejects with
   * a retryable `ftm_slack_failed` when Slack is unavailable.
   */
  collapseSuperseded(run: Run): Promise<void>;
}

/** A picture that is uploaded below an answer. */
export interface Picture {
  readonly filename: string;
  /** PNG. */
  readonly content: Uint8Array;
  readonly altText: string;
}

export interface DeliveryOptions {
  /** The Slack port of a workspace; `team` is absent if there is only one. */
  readonly slack: (team: string | undefined) => SlackPort;
  readonly runs: RunStore;
  readonly render: RenderAnswer;
  /** Resolves with nothing if a diagnosis needs no picture. If absent, there are no pictures. */
  readonly drawPicture?: (diagnosis: Diagnosis, alias: string | undefined) => Promise<Picture | undefined>;
  /** The checks of a device, oldest first. If absent, the report has no history. */
  readonly historyOf?: (alias: string) => Promise<readonly PastCheck[]>;
  /** True for the first caller within the time, in any process. If absent, each process edits at its own rate. */
  readonly claim?: (key: string, keepMs: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Log;
}

/** Features that Slack refused; shared by all messages of a process. */
export interface Rendering {
  /** Progress as `plan` and `task_card` blocks; turned off after Slack refused them with `invalid_blocks`. */
  cards: boolean;
  /** Groups as `data_table` blocks. */
  tables: boolean;
}
