import type { z } from 'zod';
import type { Run } from './run.ts';
import type { feedbackReportSchema } from './run-schema.ts';

export type FeedbackReport = Readonly<z.infer<typeof feedbackReportSchema>>;
export type FeedbackEntry = FeedbackReport['entries'][number];

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
