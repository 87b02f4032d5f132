import type { CaseFocus } from '../../engine/diagnosis/diagnose-facts.ts';
import { redact } from '../../engine/evidence/redact.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { textSize } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { keptCaseSchema } from './kept-case-schema.ts';
import { packText, unpackText } from './packed-text.ts';
import type { Records } from './records.ts';

export interface KeptCase {
  readonly evidence: RedactedCase;
  readonly focus: CaseFocus;
  /** The version of ftm-check that made the diagnosis. */
  readonly version: string;
}

export interface KeptEvidenceLimits {
  readonly keepMs: number;
  /** Of all runs together, as stored. */
  readonly maxBytes: number;
}

export const KEEP_EVIDENCE_MS = 7 * 24 * 3_600_000;
export const MAX_EVIDENCE_BYTES = 64_000_000;
/** Limit for a run's texts as JSON; a larger case is not stored, and a bundle says so. */
export const MAX_KEPT_CHARACTERS = 4 * 1024 * 1024;
const MAX_UNPACKED = 4 * MAX_KEPT_CHARACTERS;
/** Runs with their sizes. */
const INDEX = 'evidence';
/** Reading the index at every run would cost more than the runs. Part of the limit. */
const BETWEEN_SWEEPS = 1 / 50;

export interface EvidenceStore {
  /**
   * Stores what was read for a run, redacted and packed. False if it is too large. `forMs`: less than what is kept
   * longest; of all evidence, what ends first is removed first where there is too much.
   */
  keep(runId: string, kept: KeptCase, forMs?: number): Promise<boolean>;
}

/** Removes the oldest evidence if all of it takes more than the limit. */
export function createEvidenceStore(
  records: Records,
  { keepMs, maxBytes }: KeptEvidenceLimits,
  now: () => number = Date.now,
): EvidenceStore {
  let sinceSweep = Number.POSITIVE_INFINITY;

  async function sweep(): Promise<void> {
    const entries = (await records.membersSince(INDEX, now() - keepMs)).map(parseMember);
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { member, runId, bytes } of entries) {
      if (total <= maxBytes) break;
      await records.remove(keyOf(runId));
      await records.removeMember(INDEX, member);
      total -= bytes;
    }
  }

  return {
    async keep(runId, { evidence, focus, version }, forMs = keepMs) {
      const keptMs = Math.min(forMs, keepMs);
      if (textSize(evidence) > MAX_KEPT_CHARACTERS) return false;
      const { items, receipt: redactions } = evidence;
      const json = JSON.stringify({ version, focus, redactions, items });
      if (json.length > MAX_KEPT_CHARACTERS) return false;
      const text = await packText(json);
      const member = memberOf(runId, text);
      // In one round trip.
      const [isFirst] = await Promise.all([
        records.put(keyOf(runId), text, 0, keptMs),
        records.addMember(INDEX, member, now() - (keepMs - keptMs), keepMs),
      ]);
      if (!isFirst) {
        // A second attempt of the run reads again, and its diagnosis is the one that is given.
        const stored = await records.get(keyOf(runId));
        // If yet another attempt writes first, our entry of the index counts some bytes twice until it expires.
        if (!(await records.put(keyOf(runId), text, stored?.version ?? 0, keptMs))) return true;
        const old = stored === undefined ? member : memberOf(runId, stored.text);
        if (old !== member) await records.removeMember(INDEX, old);
      }
      sinceSweep += text.length;
      if (sinceSweep > maxBytes * BETWEEN_SWEEPS) {
        await sweep();
        sinceSweep = 0;
      }
      return true;
    },
  };
}

function memberOf(runId: string, text: string): string {
  return `${text.length} ${runId}`;
}

function parseMember(member: string) {
  const at = member.indexOf(' ');
  return { member, runId: member.slice(at + 1), bytes: Number(member.slice(0, at)) };
}

/** Undefined if nothing is stored, it has expired, or it has the form of another version. */
export async function keptCase(records: Records, runId: string): Promise<KeptCase | undefined> {
  const record = await records.get(keyOf(runId));
  if (record === undefined) return undefined;
  const stored: unknown = JSON.parse(await unpackText(record.text, MAX_UNPACKED));
  const read = keptCaseSchema.safeParse(stored);
  if (!read.success) return undefined;
  const { items, redactions, focus } = read.data;
  const version = (stored as { readonly version?: unknown }).version;
  return {
    // Redacted again: somebody else may have written it.
    evidence: redact(items, redactions),
    focus,
    version: typeof version === 'string' ? version : 'unknown',
  };
}

/** The redacted texts of a run. Empty if nothing is stored, or it has expired. */
export async function keptEvidence(records: Records, runId: string): Promise<readonly EvidenceItem[]> {
  const kept = await keptCase(records, runId);
  if (kept !== undefined) return kept.evidence.items;
  // Written by version 0.1.
  const record = await records.get(`evidence:${runId}`);
  return record === undefined ? [] : (JSON.parse(record.text) as readonly EvidenceItem[]);
}

function keyOf(runId: string): string {
  return `case:${runId}`;
}
