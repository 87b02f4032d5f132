import { z } from 'zod';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { type FeedbackReport, latestFeedbackAt } from '../runs/feedback-report.ts';
import { FEEDBACK_REASONS } from '../runs/run.ts';
import type { Records } from './records.ts';

/** Reports about answers that did not help, with the redacted evidence, for a limited time. */
export interface FeedbackStore {
  /** Adds feedback to the report about the same run. Evidence that is stored already stays. */
  add(report: FeedbackReport, evidence: readonly EvidenceItem[]): Promise<FeedbackReport>;
  get(runId: string): Promise<FeedbackReport | undefined>;
  /** Empty if none was stored. */
  evidence(runId: string): Promise<readonly EvidenceItem[]>;
  /** Reports with new feedback since then (milliseconds since the Unix epoch), newest first. */
  since(at: number): Promise<readonly FeedbackReport[]>;
}

const SET = 'feedback';
const MAX_ATTEMPTS = 5;

const reportSchema = z.object({
  runId: z.string(),
  kind: z.enum(['check', 'analyze']),
  alias: z.string().optional(),
  acceptedAt: z.number(),
  verdict: z.enum(['broken', 'healthy', 'inconclusive', 'failed']),
  headline: z.string(),
  rules: z.array(z.string()),
  version: z.string(),
  channel: z.string(),
  answerTs: z.string().optional(),
  entries: z.array(
    z.object({
      user: z.string(),
      reason: z.enum(FEEDBACK_REASONS),
      comment: z.string().optional(),
      at: z.number(),
    }),
  ),
  hasEvidence: z.boolean(),
} satisfies Record<keyof FeedbackReport, z.ZodType>);

/** `keepMs`: how long a report and its evidence are kept after the last feedback. */
export function createFeedbackStore(records: Records, keepMs: number): FeedbackStore {
  async function read(
    runId: string,
  ): Promise<{ readonly report?: FeedbackReport; readonly version: number }> {
    const stored = await records.get(reportKey(runId));
    if (stored === undefined) return { version: 0 };
    const report = reportSchema.safeParse(parseJson(stored.text));
    return report.success ? { report: report.data, version: stored.version } : { version: stored.version };
  }

  async function keepEvidence(runId: string, items: readonly EvidenceItem[]): Promise<boolean> {
    const stored = await records.get(evidenceKey(runId));
    const text = items.length > 0 ? JSON.stringify(items) : stored?.text;
    if (text === undefined) return false;
    return await records.put(evidenceKey(runId), text, stored?.version ?? 0, keepMs);
  }

  return {
    async add(report, evidence) {
      const { runId } = report;
      const kept = await keepEvidence(runId, evidence);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const { report: known, version } = await read(runId);
        const merged = merge(known, { ...report, hasEvidence: kept });
        if (!(await records.put(reportKey(runId), JSON.stringify(merged), version, keepMs))) continue;
        await records.addMember(SET, runId, latestFeedbackAt(merged), keepMs);
        return merged;
      }
      throw new Error(`the feedback about ${runId} is written by others all the time`);
    },
    get: async (runId) => (await read(runId)).report,
    async evidence(runId) {
      const stored = await records.get(evidenceKey(runId));
      return stored === undefined ? [] : (JSON.parse(stored.text) as readonly EvidenceItem[]);
    },
    async since(at) {
      const ids = await records.membersSince(SET, at);
      const found = await Promise.all(ids.toReversed().map((id) => read(id)));
      return found.flatMap(({ report }) => report ?? []);
    },
  };
}

function merge(known: FeedbackReport | undefined, next: FeedbackReport): FeedbackReport {
  if (known === undefined) return next;
  const said = new Set(next.entries.map(({ user }) => user));
  const others = known.entries.filter(({ user }) => !said.has(user));
  return {
    ...next,
    entries: [...others, ...next.entries],
    hasEvidence: known.hasEvidence || next.hasEvidence,
  };
}

function reportKey(runId: string): string {
  return `feedback:${runId}`;
}

function evidenceKey(runId: string): string {
  return `feedback-evidence:${runId}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
