import type { Feedback, Run } from './run.ts';

/** What people reported about an answer that did not help, with the answer's data. Redacted. */
export interface FeedbackReport {
  readonly runId: string;
  readonly kind: Run['kind'];
  /** Absent for a pasted log. */
  readonly alias?: string;
  /** When the request was accepted, in milliseconds since the Unix epoch. */
  readonly acceptedAt: number;
  /** `failed` if there was no diagnosis. */
  readonly verdict: 'broken' | 'healthy' | 'inconclusive' | 'failed';
  readonly headline: string;
  /** Rules found broken, most decisive first. */
  readonly rules: readonly string[];
  /** Version of ftm-check when the feedback was given. */
  readonly version: string;
  /** Place of the answer in Slack. */
  readonly channel: string;
  readonly answerTs?: string;
  readonly entries: readonly FeedbackEntry[];
  /** Whether the evidence is stored with the report. */
  readonly hasEvidence: boolean;
}

/** One entry per person; the last one counts. */
export interface FeedbackEntry extends Feedback {
  /** Slack user id. */
  readonly user: string;
}

/** Time of the latest feedback on the answer. */
export function latestFeedbackAt({ entries }: FeedbackReport): number {
  return Math.max(0, ...entries.map(({ at }) => at));
}

export function toFeedbackReport(run: Run, entry: FeedbackEntry, version: string): FeedbackReport {
  const { id: runId, kind, alias, acceptedAt, replyTo, answerTs, outcome } = run;
  const diagnosis = outcome?.kind === 'diagnosed' ? outcome.diagnosis : undefined;
  return {
    runId,
    kind,
    alias,
    acceptedAt,
    verdict: diagnosis?.verdict ?? 'failed',
    headline:
      diagnosis?.headline ?? (outcome?.kind === 'failed' ? outcome.message : 'There is no answer yet.'),
    rules: diagnosis?.findings.map(({ rule }) => rule) ?? [],
    version,
    channel: replyTo.channel,
    answerTs,
    entries: [entry],
    hasEvidence: false,
  };
}
