import { joinLines } from '../../engine/evidence/lines-of.ts';
import { redact } from '../../engine/evidence/redact.ts';
import { textSize } from '../../engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import type { Run } from '../runs/run.ts';
import { type KeptCase, openCase, type PackedCase, packCase } from './packed-case.ts';
import { readUnpackedSize } from './packed-text.ts';
import type { Records } from './records.ts';

/** Limit for a run's texts as JSON; a larger case is not stored, and a bundle says so. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;
const KEEP_JOB_EVIDENCE_MS = 24 * 3_600_000;
/** Runs with their sizes. */
const INDEX = 'evidence';
/** Reading the index at every run would cost more than the runs. Part of the limit. */
const BETWEEN_SWEEPS = 1 / 50;

/** Removes the oldest evidence if that of all runs together takes more than `maxBytes` as stored. */
export function createEvidenceStore(
  records: Records,
  { keepMs, maxBytes }: { readonly keepMs: number; readonly maxBytes: number },
  now: () => number = Date.now,
) {
  let sinceSweep = Number.POSITIVE_INFINITY;

  async function sweep(): Promise<void> {
    const entries = (await records.membersSince(INDEX, now() - keepMs)).map(parseMember);
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { member, runId, bytes } of entries) {
      if (total <= maxBytes) break;
      await records.remove(evidenceKey(runId));
      await records.removeMember(INDEX, member);
      total -= bytes;
    }
  }

  return {
    /**
     * Stores what was read for a run, redacted. False if it is too large. `forMs`: less than what is kept longest; of
     * all evidence, what ends first is removed first where there is too much.
     */
    async keep(runId: string, kept: KeptCase | PackedCase, forMs = keepMs) {
      const keptMs = Math.min(forMs, keepMs);
      if (typeof kept !== 'string' && textSize(kept.evidence) > MAX_KEPT_BYTES) return false;
      const text = typeof kept === 'string' ? kept : await packCase(kept);
      if (readUnpackedSize(text) > MAX_KEPT_BYTES) return false;
      const member = toMember(runId, text);
      // In one round trip.
      const [isFirst] = await Promise.all([
        records.put(evidenceKey(runId), text, 0, keptMs),
        records.addMember(INDEX, member, now() - (keepMs - keptMs), keepMs),
      ]);
      if (!isFirst) {
        // A second attempt of the run reads again, and its diagnosis is the one that is given.
        const stored = await records.get(evidenceKey(runId));
        // If yet another attempt writes first, our entry of the index counts some bytes twice until it expires.
        if (!(await records.put(evidenceKey(runId), text, stored?.version ?? 0, keptMs))) return true;
        const old = stored === undefined ? member : toMember(runId, stored.text);
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

function toMember(runId: string, text: string): string {
  return `${text.length} ${runId}`;
}

function parseMember(member: string) {
  const at = member.indexOf(' ');
  return { member, runId: member.slice(at + 1), bytes: Number(member.slice(0, at)) };
}

/**
 * Undefined if nothing is stored, it has expired, or it has the form of another version. A run that joined another one
 * has that run's evidence.
 */
export async function keptCase(
  records: Records,
  { id, joined }: Pick<Run, 'id' | 'joined'>,
): Promise<KeptCase | undefined> {
  const own = await records.get(evidenceKey(id));
  const record = own ?? (joined === undefined ? undefined : await records.get(evidenceKey(joined)));
  const opened = record && (await openCase(record.text));
  if (opened === undefined) return undefined;
  const { evidence, focus, version, linesIn } = opened;
  const items = evidence.items.map((item) => ({ ...item, text: joinLines(linesIn(item)) }));
  // Redacted again: another program may have written it.
  return { evidence: redact(items, evidence.receipt), focus, version };
}

/** The redacted texts of a run. Empty if nothing is stored, or it has expired. */
export async function keptEvidence(
  records: Records,
  run: Pick<Run, 'id' | 'joined'>,
): Promise<readonly EvidenceItem[]> {
  return (await keptCase(records, run))?.evidence.items ?? [];
}

function evidenceKey(runId: string): string {
  return `case:${runId}`;
}

/** Evidence that is too long for a job lies beside it until the request is answered, and at most for a day. */
export async function putJobEvidence(records: Records, runId: string, kept: KeptCase): Promise<void> {
  await records.put(jobEvidenceKey(runId), await packCase(kept), 0, KEEP_JOB_EVIDENCE_MS);
}

export async function getJobEvidence(
  records: Pick<Records, 'get'>,
  runId: string,
): Promise<PackedCase | undefined> {
  return (await records.get(jobEvidenceKey(runId)))?.text;
}

export async function removeJobEvidence(records: Pick<Records, 'remove'>, runId: string): Promise<void> {
  await records.remove(jobEvidenceKey(runId));
}

function jobEvidenceKey(runId: string): string {
  return `evidence:${runId}`;
}
