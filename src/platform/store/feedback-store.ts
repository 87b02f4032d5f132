import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { parseJson } from '../../engine/text/parse-json.ts';
import { type FeedbackReport, latestFeedbackAt } from '../runs/feedback-report.ts';
import { feedbackReportSchema } from '../runs/run-schema.ts';
import { type Records, updateRecord } from './records.ts';

const SET = 'feedback';

/** `keepMs`: how long a report and its evidence are kept after the last feedback. */
export function createFeedbackStore(records: Records, keepMs: number) {
  async function read(runId: string): Promise<FeedbackReport | undefined> {
    return parseReport((await records.get(reportKey(runId)))?.text);
  }

  async function keepEvidence(runId: string, items: readonly EvidenceItem[]): Promise<boolean> {
    const stored = await records.get(evidenceKey(runId));
    const text = items.length > 0 ? JSON.stringify(items) : stored?.text;
    if (text === undefined) return false;
    return await records.put(evidenceKey(runId), text, stored?.version ?? 0, keepMs);
  }

  return {
    /** Adds feedback to the report about the same run. Evidence that is stored already stays. */
    async add(report: FeedbackReport, evidence: readonly EvidenceItem[]) {
      const { runId } = report;
      const kept = await keepEvidence(runId, evidence);
      let merged: FeedbackReport = { ...report, hasEvidence: kept };
      await updateRecord(records, reportKey(runId), keepMs, (text) => {
        merged = merge(parseReport(text), { ...report, hasEvidence: kept });
        return JSON.stringify(merged);
      });
      await records.addMember(SET, runId, latestFeedbackAt(merged), keepMs);
      return merged;
    },
    get: read,
    /** Empty if none was stored. */
    async evidence(runId: string) {
      const stored = await records.get(evidenceKey(runId));
      return stored === undefined ? [] : (JSON.parse(stored.text) as readonly EvidenceItem[]);
    },
    /** Reports with new feedback since then (milliseconds since the Unix epoch), newest first. */
    async since(at: number) {
      const ids = await records.membersSince(SET, at);
      const found = await Promise.all(ids.toReversed().map(read));
      return found.filter((report) => report !== undefined);
    },
  };
}

/** Reports about answers that did not help, with the redacted evidence, for a limited time. */
export type FeedbackStore = ReturnType<typeof createFeedbackStore>;

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

const reportKey = (runId: string): string => `feedback:${runId}`;
const evidenceKey = (runId: string): string => `feedback-evidence:${runId}`;

function parseReport(text: string | undefined): FeedbackReport | undefined {
  return feedbackReportSchema.safeParse(parseJson(text)).data;
}
