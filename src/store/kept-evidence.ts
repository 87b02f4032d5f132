import type { EvidenceItem } from '../evidence/types.ts';
import { textSize } from '../redact/text-size.ts';
import type { RedactedCase } from '../redact/types.ts';
import type { Records } from './records.ts';

const KEEP_MS = 7 * 24 * 3_600_000;
/** Of a run's texts as JSON; a larger case is not kept, and a bundle says so. */
export const MAX_KEPT_CHARACTERS = 4 * 1024 * 1024;

/** Stores the redacted evidence of a run for a later bundle. False if it is too large. */
export async function keepEvidence(
  records: Records,
  runId: string,
  evidence: RedactedCase,
): Promise<boolean> {
  if (textSize(evidence) > MAX_KEPT_CHARACTERS) return false;
  const text = JSON.stringify(evidence.items);
  if (text.length > MAX_KEPT_CHARACTERS) return false;
  await records.put(key(runId), text, 0, KEEP_MS);
  return true;
}

/** Empty if nothing is stored, or it has expired. */
export async function keptEvidence(records: Records, runId: string): Promise<readonly EvidenceItem[]> {
  const record = await records.get(key(runId));
  return record === undefined ? [] : (JSON.parse(record.text) as readonly EvidenceItem[]);
}

function key(runId: string): string {
  return `evidence:${runId}`;
}
