import type { KnownBlock } from '@slack/types';
import type { Earlier } from '../report/comparison.ts';
import type { ReportPlacement } from '../report/slack/render-slack.ts';
import type { Asker, Run, RunOutcome } from '../runs/run.ts';

/** What Slack is given: `text` alone must be a usable answer, for notifications and screen readers. */
export interface RenderedAnswer {
  /** Slack mrkdwn; everything from outside is escaped already. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** The whole report, when the blocks do not hold all of it. */
  readonly full?: { readonly filename: string; readonly content: string };
}

/** What an answer says besides the outcome. */
interface AnswerView {
  readonly runId: string;
  readonly asker: Asker;
  readonly kind: Run['kind'];
  readonly alias?: string;
  /** What a check was narrowed to. */
  readonly user?: string;
  readonly vdom?: string;
  /** The diagnosis a re-check is compared with. */
  readonly earlier?: Earlier;
  /** Where the report is, once the upload was tried. */
  readonly report?: ReportPlacement;
}

/** Pure: the same outcome and view give the same answer. */
export type RenderAnswer = (outcome: RunOutcome, view: AnswerView) => RenderedAnswer;

export interface RunProgress {
  readonly phase: string;
  readonly step?: number;
  readonly steps?: number;
  /** Which of the VDOMs that are read. */
  readonly vdom?: { readonly index: number; readonly count: number };
  /** How many checks of the device come first, where it waits. */
  readonly ahead?: number;
  /** A login is being watched: how much time is left for it, and what was seen. */
  readonly live?: { readonly remainingMs: number; readonly lines: number; readonly logins: number };
  /** Another run found out the same and is that far. */
  readonly shares?: { readonly asker: Asker; readonly agoMs: number };
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type Opened =
  | { readonly state: 'ready'; readonly run: Run & { readonly answerTs: string } }
  | { readonly state: 'already-answered'; readonly run: Run }
  /** Slack does not let us speak there; `deliver` will tell the asker in private. `error` is Slack's word. */
  | { readonly state: 'refused'; readonly error: string };

export type Attached =
  | { readonly kind: 'attached' }
  | { readonly kind: 'there' }
  /** `reason` is for the person, as Slack mrkdwn. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface Delivery {
  /**
   * Posts the placeholder that becomes the answer, and for a slash command the root message above it. Idempotent, after
   * a crash too: what was posted is found again by its metadata. `firstTry` saves the look when nothing can be there.
   * Rejects with a retryable `ftm_slack_failed` when Slack is away.
   */
  postPlaceholder(
    run: Run,
    options?: { readonly firstTry?: boolean; readonly progress?: RunProgress },
  ): Promise<Opened>;
  /**
   * Says at once that a run was accepted and what it waits for, unless its worker was faster: whoever is first posts the
   * one message. Resolves with Slack's word where it does not let us speak there. Never rejects.
   */
  postQueued(run: Run, progress: RunProgress): Promise<string | undefined>;
  /** Shows how far the run is: at most one edit a second, the latest wins, none after the answer. Never throws. */
  progress(run: Run, progress: RunProgress): void;
  /**
   * One edit of a message that waits for its turn; none where its answer is on its way, in whatever process. Resolves with
   * how long Slack wants no other, in milliseconds. Never rejects.
   */
  updateQueuePosition(run: Run, progress: RunProgress): Promise<number>;
  /**
   * Puts the full report of a diagnosed run into its thread, if it is not there (any more). Rejects with a retryable
   * `ftm_slack_failed` when Slack is away.
   */
  attachReport(run: Run): Promise<Attached>;
  /** Ends the progress of a run for now; when it resolves no edit is under way. */
  stopProgress(runId: string): Promise<void>;
  /**
   * Puts the answer in place of the placeholder, attaches the full report when there is one, and marks the run as
   * answered. Doing it again changes nothing. Where Slack lets us not speak, the asker gets it by direct message.
   * Rejects with a retryable `ftm_slack_failed` when Slack is away.
   */
  deliver(run: Run, outcome: RunOutcome): Promise<void>;
  /**
   * Once it is answered: of all that is about one paste one answer stands, and those for parts of it give way. Doing it
   * again changes nothing. Rejects with a retryable `ftm_slack_failed` when Slack is away.
   */
  collapseSuperseded(run: Run): Promise<void>;
}
